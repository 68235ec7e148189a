using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Planning;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.ComponentTests.Inference;

/// <summary>Budgets follow the queue, the request and the plan. A prefix costs 10 ms a rung: 60 at 144 tokens, 10 at 1.</summary>
public sealed class EngineBudgetTests(TinyModel tiny) : IClassFixture<TinyModel>
{
    [Fact]
    public async Task NothingElseWaits_SpendsTheMost()
    {
        await using var host = new EngineHarness(tiny, manualTime: true);
        var outcome = await EngineHarness.End(host.AskAsync(host.Request(1, 0, 1, 144, dueMs: 300)));
        Assert.Equal((144, DegradedReason.None), (outcome.Budget, outcome.DegradedReason));
    }

    [Fact]
    public async Task ManyWait_SpendsLessOnEach()
    {
        await using var host = new EngineHarness(tiny, manualTime: true);
        var (gate, held) = await host.HoldAsync();
        var asks = Enumerable.Range(1, 5).Select(frame => host.AskAsync(host.Request(frame, 0, 1, 144, dueMs: 200))).ToList();
        gate.Set();
        await EngineHarness.End(held);
        var outcomes = await Task.WhenAll(asks).WaitAsync(EngineHarness.Patience);
        Assert.True(outcomes[0].Budget < 144, $"The first of five got {outcomes[0].Budget}.");
        Assert.Equal(DegradedReason.Load, outcomes[0].DegradedReason);
        Assert.Equal((144, DegradedReason.None), (outcomes[4].Budget, outcomes[4].DegradedReason)); // Nothing waited behind the last.
    }

    [Fact]
    public async Task RequestsCeiling_Holds()
    {
        await using var host = new EngineHarness(tiny, manualTime: true);
        var outcome = await EngineHarness.End(host.AskAsync(host.Request(1, 0, 1, 16)));
        Assert.Equal((16, DegradedReason.Class), (outcome.Budget, outcome.DegradedReason));
    }

    [Fact]
    public async Task FreshPlan_LowersTheCeilingUntilItIsStale()
    {
        await using var host = new EngineHarness(tiny, manualTime: true);
        host.Engine.Apply(Plan(1, 9));
        var outcome = await EngineHarness.End(host.AskAsync(host.Request(1, 0, 1, 144)));
        Assert.Equal((9, DegradedReason.Load), (outcome.Budget, outcome.DegradedReason));

        host.Time!.Advance(TimeSpan.FromMilliseconds(1000));
        outcome = await EngineHarness.End(host.AskAsync(host.Request(1, 0, 1, 144)));
        Assert.Equal(144, outcome.Budget);
    }

    [Fact]
    public async Task PlanBelowARequestsFloor_YieldsToTheFloor()
    {
        await using var host = new EngineHarness(tiny, manualTime: true);
        host.Engine.Apply(Plan(1, 4));
        Assert.Equal(36, (await EngineHarness.End(host.AskAsync(host.Request(1, 0, 36, 144)))).Budget);
        host.Engine.Apply(null);
        Assert.Equal(144, (await EngineHarness.End(host.AskAsync(host.Request(1, 0, 36, 144)))).Budget);
    }

    [Fact]
    public async Task EarlierDeadline_GoesFirst()
    {
        await using var host = new EngineHarness(tiny, o => o.Slots = 1, manualTime: true);
        var (gate, held) = await host.HoldAsync();
        var order = new List<int>();
        var asks = new[] { 3000, 1000, 2000 }.Select(due => host.AskAsync(host.Request(due, 0, 1, 1, due, maxNewTokens: 1, onText: _ => order.Add(due)))).ToList();
        gate.Set();
        await EngineHarness.End(held);
        await Task.WhenAll(asks).WaitAsync(EngineHarness.Patience);
        Assert.Equal([1000, 2000, 3000], order);
    }

    [Fact]
    public async Task HopelessAsk_DoesNotDelayTheOthers()
    {
        await using var host = new EngineHarness(tiny, o => o.Slots = 1, manualTime: true);
        var (gate, held) = await host.HoldAsync();
        var order = new List<string>();
        var lost = host.AskAsync(host.Request(1, 0, 1, 144, dueMs: 100, maxNewTokens: 1, onText: _ => order.Add("lost")));
        host.Time!.Advance(TimeSpan.FromMilliseconds(95));
        var sound = host.AskAsync(host.Request(2, 0, 1, 144, dueMs: 2000, maxNewTokens: 1, onText: _ => order.Add("sound")));
        gate.Set();
        await EngineHarness.End(held);
        Assert.Equal(AskStatus.OnTime, (await EngineHarness.End(sound)).Status);
        await EngineHarness.End(lost);
        Assert.Equal(["sound", "lost"], order);
    }

    private static BudgetPlan Plan(int floor, int ceiling) => new()
    {
        Version = 1,
        TtlMs = 1000,
        Classes = ImmutableDictionary<string, BudgetRange>.Empty.Add("default", new BudgetRange(floor, ceiling)),
    };
}
