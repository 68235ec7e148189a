using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Fabric.Plans;
using DeltaEdge.Fabric.Streams;

namespace DeltaEdge.ComponentTests.Fabric;

/// <summary>What every fabric promises, seen from two hosts that share it.</summary>
public abstract class FabricContractTests : TwoHosts
{
    [Fact]
    public async Task Report_IsSeenByTheOtherHost()
    {
        Assert.True(await One.Workers.PublishAsync(FabricSamples.Report("w1", sequence: 3), default));

        await Told.UntilAsync(Other.Workers.MembershipChanged, () => Other.Workers.Live.Length == 1, () => "worker w1");
        Assert.Equal(3, Other.Workers.Live[0].Sequence);
        Assert.Equal(36, Other.Workers.Known[0].Profile.Ladder[3]);
    }

    [Fact]
    public async Task NextReport_ReplacesTheLast()
    {
        await One.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        await One.Workers.PublishAsync(FabricSamples.Report("w1", sequence: 2) with { QueueDepth = 7 }, default);

        await Wait.UntilAsync(() => Other.Workers.Live is [{ QueueDepth: 7 }], () => "the second report");
    }

    [Fact]
    public async Task WorkerRemoved_IsGoneAtOnceWithItsStreams()
    {
        await One.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        Assert.True((await One.Streams.ClaimAsync("cam", "w1", default)).Granted);
        await Wait.UntilAsync(() => Other.Streams.Find("cam") is not null && Other.Workers.Live.Length == 1, () => "w1 and its stream");

        Assert.True(await One.Workers.RemoveAsync("w1", default));

        await Wait.UntilAsync(() => Other.Workers.Known.IsEmpty && Other.Streams.List.IsEmpty, () => "w1 to be gone");
    }

    [Fact]
    public async Task NewerPlan_IsSeenByTheOtherHostAndOlderOneNever()
    {
        Assert.Equal(new PlanReceipt(PlanOutcome.Published, 5), await One.PublishPlanAsync(FabricSamples.Plan(5)));
        await Told.UntilAsync(Other.Plans.PlanChanged, () => Other.Plans.Latest?.Version == 5, () => "plan 5");

        Assert.Equal(new PlanReceipt(PlanOutcome.Older, 5), await Other.PublishPlanAsync(FabricSamples.Plan(4)));
        Assert.Equal(new PlanReceipt(PlanOutcome.Older, 5), await Other.PublishPlanAsync(FabricSamples.Plan(5)));
        Assert.Equal(new PlanReceipt(PlanOutcome.Published, 6), await Other.PublishPlanAsync(FabricSamples.Plan(6)));

        await Told.UntilAsync(One.Plans.PlanChanged, () => One.Plans.Latest?.Version == 6, () => "plan 6");
    }

    [Fact]
    public async Task StreamClaimedTwice_IsTheFirstOnes()
    {
        await One.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        await Other.Workers.PublishAsync(FabricSamples.Report("w2"), default);

        var first = await One.Streams.ClaimAsync("cam", "w1", default);
        var second = await Other.Streams.ClaimAsync("cam", "w2", default);
        var again = await One.Streams.ClaimAsync("cam", "w1", default);

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
            await One.Workers.PublishAsync(FabricSamples.Report(worker), default);
        }

        var claims = await Task.WhenAll(workers.Select((w, i) => Task.Run(async () => await (i % 2 == 0 ? One : Other).Streams.ClaimAsync("cam", w, default))));

        Assert.Single(claims, c => c.Granted);
        Assert.Single(claims.Select(c => c.Owner).Distinct());
    }

    [Fact]
    public async Task StreamReleased_IsFreeForTheNextWithAHigherFence()
    {
        await One.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        await Other.Workers.PublishAsync(FabricSamples.Report("w2"), default);
        var first = await One.Streams.ClaimAsync("cam", "w1", default);

        Assert.False(await Other.Streams.ReleaseAsync("cam", "w2", default));
        Assert.True(await One.Streams.ReleaseAsync("cam", "w1", default));
        Assert.False(await One.Streams.ReleaseAsync("cam", "w1", default));
        var second = await Other.Streams.ClaimAsync("cam", "w2", default);

        Assert.True(second.Granted);
        Assert.True(second.Owner!.Fence > first.Owner!.Fence);
    }

    [Fact]
    public async Task ClaimWithoutAReport_IsRefused() =>
        Assert.Equal(ClaimOutcome.UnknownWorker, (await One.Streams.ClaimAsync("cam", "nobody", default)).Outcome);

    [Fact]
    public async Task Owner_IsFoundFromTheOtherHostAtOnce()
    {
        await One.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        await One.Streams.ClaimAsync("cam", "w1", default);

        Assert.Equal("w1", (await Other.Streams.FindAsync("cam", default))?.WorkerId);
        Assert.Null(await Other.Streams.FindAsync("nowhere", default));
    }

    [Fact]
    public async Task Lease_IsOneCandidatesUntilGivenUp()
    {
        Assert.NotNull(await One.Lease.TryHoldAsync("a", default));
        Assert.NotNull(await One.Lease.TryHoldAsync("a", default));
        Assert.Null(await Other.Lease.TryHoldAsync("b", default));
        await Other.Lease.ReleaseAsync("b", default);
        Assert.Null(await Other.Lease.TryHoldAsync("b", default));
        await One.Lease.ReleaseAsync("a", default);
        Assert.NotNull(await Other.Lease.TryHoldAsync("b", default));
    }

    [Fact]
    public async Task FormerLeadersPlan_IsRefusedWhateverItsVersion()
    {
        var former = (await One.Lease.TryHoldAsync("a", default))!.Value;
        Assert.Equal(former, await One.Lease.TryHoldAsync("a", default));
        await One.Lease.ReleaseAsync("a", default);
        Assert.Equal(PlanOutcome.NotLeader, (await One.Plans.PublishAsync(FabricSamples.Plan(8), former, default)).Outcome);
        var term = (await Other.Lease.TryHoldAsync("b", default))!.Value;

        Assert.True(term > former);
        Assert.Equal(PlanOutcome.NotLeader, (await One.Plans.PublishAsync(FabricSamples.Plan(9), former, default)).Outcome);
        Assert.Equal(new PlanReceipt(PlanOutcome.Published, 1), await Other.Plans.PublishAsync(FabricSamples.Plan(1), term, default));
    }
}
