using DeltaEdge.UnitTests.Core;

namespace DeltaEdge.UnitTests.Worker.Placement;

/// <summary>The loop over the streams of one worker. Who shall have which stream is tried in <c>Core/Placement</c>.</summary>
public sealed class PlacementLoopTests : IAsyncDisposable
{
    private readonly PlacementWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task StreamsThatNobodyHas_AreClaimedAndRun()
    {
        await _world.AddAsync("a", "b");

        await _world.StartAsync();

        await _world.UntilAsync(() => _world.Running.SequenceEqual(["a", "b"]), "both run");
        Assert.Equal([PlacementWorld.Self, PlacementWorld.Self], _world.Fabric.List.Select(o => o.WorkerId));
    }

    [Fact]
    public async Task ClaimThatThrows_KeepsNoOtherStreamWaitingAndIsTriedAgain()
    {
        _world.Directory.Broken = ["a"];
        await _world.AddAsync("a", "b", "c");
        await _world.StartAsync();
        await _world.UntilAsync(() => _world.Running.SequenceEqual(["b", "c"]), "all but the first run");

        _world.Directory.Broken = [];

        await _world.UntilAsync(() => _world.Running.SequenceEqual(["a", "b", "c"]), "all run");
    }

    [Fact]
    public async Task StreamThatThrowsWhileItRuns_KeepsNoOtherWaiting()
    {
        await _world.AddAsync("a", "b");
        await _world.StartAsync();
        await _world.UntilAsync(() => _world.Running.SequenceEqual(["a", "b"]), "both run");

        _world.Catalog.Broken = ["a"];
        await _world.AddAsync("c");
        await _world.Fabric.Catalog.RemoveAsync("b", CancellationToken.None);

        await _world.UntilAsync(() => _world.Running.SequenceEqual(["a", "c"]), "the new one runs, the removed one does not");
    }

    [Fact]
    public async Task ReleaseThatThrows_KeepsNoOtherWaiting()
    {
        await _world.AddAsync("a", "b");
        await _world.StartAsync();
        await _world.UntilAsync(() => _world.Running.SequenceEqual(["a", "b"]), "both run");
        _world.Directory.Broken = ["a"];

        await _world.Fabric.Catalog.RemoveAsync("a", CancellationToken.None);
        await _world.Fabric.Catalog.RemoveAsync("b", CancellationToken.None);

        await _world.UntilAsync(() => !_world.Running.Any() && _world.Fabric.Find("b") is null, "none runs, and the second is nobody's");
    }

    [Fact]
    public async Task StreamThatIsAnothersByNow_IsStopped()
    {
        await _world.AddAsync("a");
        await _world.StartAsync();
        await _world.UntilAsync(() => _world.Running.Any(), "it runs");
        await _world.Fabric.PublishAsync(Reports.Worker("w2"), CancellationToken.None);

        await _world.Keeper.Turn.WaitAsync(TestContext.Current.CancellationToken);
        await _world.Fabric.ReleaseAsync("a", PlacementWorld.Self, CancellationToken.None);
        await _world.ClaimAsync("a", "w2");
        _world.Keeper.Turn.Release();

        await _world.UntilAsync(() => !_world.Running.Any(), "it is stopped");
        Assert.Equal("w2", _world.Fabric.Find("a")?.WorkerId);
    }
}
