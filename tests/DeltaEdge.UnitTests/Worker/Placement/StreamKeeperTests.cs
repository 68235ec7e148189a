using DeltaEdge.Core.Streams;
using DeltaEdge.Fabric.Streams;

namespace DeltaEdge.UnitTests.Worker.Placement;

/// <summary>What the keeper makes of one record after another; nobody looks in between.</summary>
public sealed class StreamKeeperTests : IAsyncDisposable
{
    private readonly PlacementWorld _world = new(maxStreams: 1);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task NewStream_RunsAndItsLogIsOpenUnderTheClaim()
    {
        var owner = await RunAsync("a");

        Assert.Equal(["a"], _world.Running);
        Assert.Equal(["a"], _world.Keeper.Ids);
        Assert.Equal(owner, _world.Logs.OwnerOf("a"));
        Assert.Empty(_world.Keeper.Failed);
    }

    [Fact]
    public async Task SameRevision_ChangesNothing()
    {
        var owner = await RunAsync("a");
        var camera = _world.Registry.Find("a");

        await _world.Keeper.RunAsync(PlacementWorld.Record("a", fps: 7), owner);

        Assert.Same(camera, _world.Registry.Find("a"));
        Assert.Equal(2, camera!.Spec.Fps);
    }

    [Fact]
    public async Task NextRevision_ChangesTheStreamAndPausesIt()
    {
        var owner = await RunAsync("a");

        await _world.Keeper.RunAsync(PlacementWorld.Record("a", fps: 7, isPaused: true, revision: 2), owner);

        var camera = _world.Registry.Find("a")!;
        Assert.Equal(7, camera.Spec.Fps);
        await _world.UntilAsync(() => camera.State == StreamState.Paused, "it is paused");

        await _world.Keeper.RunAsync(PlacementWorld.Record("a", fps: 7, revision: 3), owner);

        await _world.UntilAsync(() => camera.State == StreamState.Connecting, "it connects again");
    }

    [Fact]
    public async Task TakingAStreamOver_IsToldOfBeforeItRunsAndNotWhenItChanges()
    {
        var owner = await RunAsync("a");
        await _world.Keeper.RunAsync(PlacementWorld.Record("a", fps: 7, revision: 2), owner);
        Assert.Equal([("a", false)], _world.TakenOver);

        await _world.Keeper.StopAsync("a", TimeSpan.Zero);
        await RunAsync("a");
        Assert.Equal([("a", false), ("a", false)], _world.TakenOver);
    }

    [Fact]
    public async Task SourceThatMayNotBeOpened_FailsHereAndRunsOnceItIsChanged()
    {
        await _world.HelloAsync();
        var owner = await _world.ClaimAsync("a");

        await _world.Keeper.RunAsync(PlacementWorld.Record("a", source: "/etc/passwd"), owner);

        Assert.Empty(_world.Running);
        Assert.Equal(["a"], _world.Keeper.Ids);
        Assert.Equal(("a", "failed"), (_world.Keeper.Failed.Single().Id, _world.Keeper.Failed.Single().State));
        Assert.Contains("AllowedDirectories", _world.Keeper.Find("a")!.Failure, StringComparison.Ordinal);

        await _world.Keeper.RunAsync(PlacementWorld.Record("a", revision: 2), owner);

        Assert.Equal(["a"], _world.Running);
        Assert.Empty(_world.Keeper.Failed);
    }

    [Fact]
    public async Task StreamThatFoundNoRoom_RunsOnceThereIsSomeAndItIsTriedAgain()
    {
        await RunAsync("a");
        await RunAsync("b");
        Assert.Equal(["b"], _world.Keeper.Failed.Select(f => f.Id));
        await _world.Keeper.StopAsync("a", TimeSpan.Zero);

        await _world.Keeper.RetryAsync("b");

        Assert.Equal(["b"], _world.Running);
        Assert.Empty(_world.Keeper.Failed);
    }

    [Fact]
    public async Task StoppedStream_LeavesNothingHereAndKeepsItsClaim()
    {
        var owner = await RunAsync("a");

        await _world.Keeper.StopAsync("a", TimeSpan.Zero);

        Assert.Empty(_world.Running);
        Assert.Empty(_world.Keeper.Ids);
        Assert.Null(_world.Logs.OwnerOf("a"));
        Assert.Equal(owner, _world.Fabric.Find("a"));
    }

    [Fact]
    public async Task StreamThatIsHandedOver_IsAnsweredFirst()
    {
        var answer = await AskAsync("a");

        var handedOver = _world.Keeper.HandOverAsync("a", CancellationToken.None);
        Assert.False(handedOver.IsCompleted);
        Assert.Equal(["a"], _world.Running);
        answer.SetResult();
        await handedOver;

        Assert.Equal(1, _world.Answered);
        Assert.Empty(_world.Running);
    }

    [Fact]
    public async Task StreamThatIsStopped_IsNotWaitedFor()
    {
        await AskAsync("a");

        await _world.Keeper.StopAsync("a", TimeSpan.Zero);

        Assert.Equal(0, _world.Answered);
        Assert.Empty(_world.Running);
    }

    /// <summary>A stream that runs, with a frame at the engine.</summary>
    private async Task<TaskCompletionSource> AskAsync(string id)
    {
        var answer = new TaskCompletionSource();
        _world.Hold = answer.Task;
        await RunAsync(id);
        _world.Sources.Frame();
        await _world.UntilAsync(() => _world.Asked == 1, "the frame is asked about");
        return answer;
    }

    private async Task<StreamOwner> RunAsync(string id)
    {
        await _world.HelloAsync();
        var owner = await _world.ClaimAsync(id);
        await _world.Keeper.RunAsync(PlacementWorld.Record(id), owner);
        return owner;
    }
}
