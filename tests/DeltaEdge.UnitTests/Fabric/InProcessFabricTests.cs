using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric.InProcess;
using DeltaEdge.Fabric.Plans;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.UnitTests.Core;
using DeltaEdge.UnitTests.Time;

namespace DeltaEdge.UnitTests.Fabric;

/// <summary>What depends on time. What holds for every fabric is in the component tests, where Redis is at hand too.</summary>
public sealed class InProcessFabricTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly InProcessFabric _fabric;

    public InProcessFabricTests() => _fabric = new(new MonotonicClock(_time), new() { ReportTtlMs = 3000 });

    [Fact]
    public async Task WorkerSilent_IsLostAfterItsTimeToLive()
    {
        await _fabric.PublishAsync(Reports.Worker("w1"), default);
        _time.Advance(TimeSpan.FromSeconds(2));
        await _fabric.PublishAsync(Reports.Worker("w1") with { Sequence = 2 }, default);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, Assert.Single(_fabric.Live).Sequence);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(_fabric.Live);
    }

    [Fact]
    public async Task WorkerLost_FreesItsStreams()
    {
        await _fabric.PublishAsync(Reports.Worker("w1"), default);
        var first = await _fabric.ClaimAsync("cam", "w1", default);
        _time.Advance(TimeSpan.FromSeconds(3));
        await _fabric.PublishAsync(Reports.Worker("w2"), default);

        Assert.Null(_fabric.Find("cam"));
        var second = await _fabric.ClaimAsync("cam", "w2", default);

        Assert.True(second.Granted);
        Assert.True(second.Owner!.Fence > first.Owner!.Fence);
    }

    [Fact]
    public async Task ClaimOfSilentWorker_IsRefused() =>
        Assert.Equal(ClaimOutcome.UnknownWorker, (await _fabric.ClaimAsync("cam", "w1", default)).Outcome);

    [Fact]
    public async Task PlanPastItsTimeToLive_IsNoPlanButKeepsItsVersion()
    {
        await _fabric.PublishAsync(Plan(5), (await _fabric.TryHoldAsync("a", default))!.Value, default);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(5, _fabric.Latest!.Version);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(_fabric.Latest);
        Assert.Equal(new PlanReceipt(PlanOutcome.Older, 5), await _fabric.PublishAsync(Plan(5), (await _fabric.TryHoldAsync("a", default))!.Value, default));
    }

    [Fact]
    public async Task LeaderSilent_LosesTheLease()
    {
        Assert.NotNull(await _fabric.TryHoldAsync("a", default));
        Assert.Null(await _fabric.TryHoldAsync("b", default));
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.NotNull(await _fabric.TryHoldAsync("b", default));
        Assert.Null(await _fabric.TryHoldAsync("a", default));
    }

    private static BudgetPlan Plan(long version) => new()
    {
        Version = version,
        TtlMs = 1000,
        Classes = ImmutableDictionary<string, BudgetRange>.Empty.Add("default", new(1, 144)),
    };
}
