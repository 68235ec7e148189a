using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Fabric.Plans;
using DeltaEdge.Fabric.Streams;

namespace DeltaEdge.ComponentTests.Fabric;

/// <summary>What every fabric promises, seen from two hosts that share it.</summary>
public abstract class FabricContractTests : IAsyncLifetime
{
    private FabricHost _one = null!;
    private FabricHost _other = null!;

    public async ValueTask InitializeAsync()
    {
        _one = await StartAsync();
        _other = await StartAsync();
        await Wait.UntilAsync(() => _one.State.Reachable && _other.State.Reachable, () => "both hosts to reach shared state");
    }

    public async ValueTask DisposeAsync()
    {
        if (_one is not null)
        {
            await _one.DisposeAsync();
        }

        if (_other is not null)
        {
            await _other.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Report_IsSeenByTheOtherHost()
    {
        Assert.True(await _one.Workers.PublishAsync(FabricSamples.Report("w1", sequence: 3), default));

        await Wait.UntilChangedAsync(_other.Workers.MembershipChanged, () => _other.Workers.Live.Length == 1, () => "worker w1");
        Assert.Equal(3, _other.Workers.Live[0].Sequence);
        Assert.Equal(36, _other.Workers.Known[0].Profile.Ladder[3]);
    }

    [Fact]
    public async Task NextReport_ReplacesTheLast()
    {
        await _one.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        await _one.Workers.PublishAsync(FabricSamples.Report("w1", sequence: 2) with { QueueDepth = 7 }, default);

        await Wait.UntilAsync(() => _other.Workers.Live is [{ QueueDepth: 7 }], () => "the second report");
    }

    [Fact]
    public async Task WorkerRemoved_IsGoneAtOnceWithItsStreams()
    {
        await _one.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        Assert.True((await _one.Streams.ClaimAsync("cam", "w1", default)).Granted);
        await Wait.UntilAsync(() => _other.Streams.Find("cam") is not null && _other.Workers.Live.Length == 1, () => "w1 and its stream");

        Assert.True(await _one.Workers.RemoveAsync("w1", default));

        await Wait.UntilAsync(() => _other.Workers.Known.IsEmpty && _other.Streams.List.IsEmpty, () => "w1 to be gone");
    }

    [Fact]
    public async Task NewerPlan_IsSeenByTheOtherHostAndOlderOneNever()
    {
        Assert.Equal(new PlanReceipt(PlanOutcome.Published, 5), await _one.Plans.PublishAsync(FabricSamples.Plan(5), default));
        await Wait.UntilChangedAsync(_other.Plans.PlanChanged, () => _other.Plans.Latest?.Version == 5, () => "plan 5");

        Assert.Equal(new PlanReceipt(PlanOutcome.Older, 5), await _other.Plans.PublishAsync(FabricSamples.Plan(4), default));
        Assert.Equal(new PlanReceipt(PlanOutcome.Older, 5), await _other.Plans.PublishAsync(FabricSamples.Plan(5), default));
        Assert.Equal(new PlanReceipt(PlanOutcome.Published, 6), await _other.Plans.PublishAsync(FabricSamples.Plan(6), default));

        await Wait.UntilChangedAsync(_one.Plans.PlanChanged, () => _one.Plans.Latest?.Version == 6, () => "plan 6");
    }

    [Fact]
    public async Task StreamClaimedTwice_IsTheFirstOnes()
    {
        await _one.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        await _other.Workers.PublishAsync(FabricSamples.Report("w2"), default);

        var first = await _one.Streams.ClaimAsync("cam", "w1", default);
        var second = await _other.Streams.ClaimAsync("cam", "w2", default);
        var again = await _one.Streams.ClaimAsync("cam", "w1", default);

        Assert.Equal(ClaimOutcome.Granted, first.Outcome);
        Assert.Equal(new StreamClaim(ClaimOutcome.Taken, first.Owner), second);
        Assert.Equal(first, again);
    }

    [Fact]
    public async Task ManyClaimAtOnce_ExactlyOneWins()
    {
        var workers = Enumerable.Range(0, 16).Select(i => $"w{i}").ToList();
        foreach (var worker in workers)
        {
            await _one.Workers.PublishAsync(FabricSamples.Report(worker), default);
        }

        var claims = await Task.WhenAll(workers.Select((w, i) => Task.Run(async () => await (i % 2 == 0 ? _one : _other).Streams.ClaimAsync("cam", w, default))));

        Assert.Single(claims, c => c.Granted);
        Assert.Single(claims.Select(c => c.Owner).Distinct());
    }

    [Fact]
    public async Task StreamReleased_IsFreeForTheNextWithAHigherFence()
    {
        await _one.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        await _other.Workers.PublishAsync(FabricSamples.Report("w2"), default);
        var first = await _one.Streams.ClaimAsync("cam", "w1", default);

        Assert.False(await _other.Streams.ReleaseAsync("cam", "w2", default));
        Assert.True(await _one.Streams.ReleaseAsync("cam", "w1", default));
        Assert.False(await _one.Streams.ReleaseAsync("cam", "w1", default));
        var second = await _other.Streams.ClaimAsync("cam", "w2", default);

        Assert.True(second.Granted);
        Assert.True(second.Owner!.Fence > first.Owner!.Fence);
    }

    [Fact]
    public async Task ClaimWithoutAReport_IsRefused() =>
        Assert.Equal(ClaimOutcome.UnknownWorker, (await _one.Streams.ClaimAsync("cam", "nobody", default)).Outcome);

    [Fact]
    public async Task Owner_IsFoundFromTheOtherHostAtOnce()
    {
        await _one.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        await _one.Streams.ClaimAsync("cam", "w1", default);

        Assert.Equal("w1", (await _other.Streams.FindAsync("cam", default))?.WorkerId);
        Assert.Null(await _other.Streams.FindAsync("nowhere", default));
    }

    [Fact]
    public async Task Lease_IsOneCandidatesUntilGivenUp()
    {
        Assert.True(await _one.Lease.TryHoldAsync("a", default));
        Assert.True(await _one.Lease.TryHoldAsync("a", default));
        Assert.False(await _other.Lease.TryHoldAsync("b", default));
        await _other.Lease.ReleaseAsync("b", default);
        Assert.False(await _other.Lease.TryHoldAsync("b", default));
        await _one.Lease.ReleaseAsync("a", default);
        Assert.True(await _other.Lease.TryHoldAsync("b", default));
    }

    private protected abstract Task<FabricHost> StartAsync();
}
