using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core.Policies;

/// <summary>What holds for every policy that can be named, whatever is called in whatever order.</summary>
public sealed class ServingPolicyProperties
{
    public static TheoryData<string> Names => [.. ServingPolicies.Names(PolicyCalls.Ladder)];

    /// <summary>Those that promise to spend more on the head of any queue when all have more time.</summary>
    public static TheoryData<string> MonotoneInSlack => ["slack", "slackfit-budget", "sommelier-local"];

    [Theory]
    [MemberData(nameof(Names))]
    public void AnyCalls_BudgetIsOnTheLadderAndInsideTheHeadsRange(string name) => Check(Prop.ForAll(PolicyCalls.Sequences.ToArbitrary(), calls =>
    {
        var policy = Find(name);
        foreach (var call in calls)
        {
            if (call.On(policy) is BudgetDecision decision)
            {
                Assert.True(PolicyCalls.Ladder.Contains(decision.Budget));
                Assert.True(call.Queue![0].Range.Contains(decision.Budget), $"{decision.Budget} for {call.Queue[0].Range}");
            }
        }
    }));

    [Theory]
    [MemberData(nameof(Names))]
    public void AnyCalls_PredictionIsFiniteAndAHoldLiesAheadButNotPastTheDeadline(string name) => Check(Prop.ForAll(PolicyCalls.Sequences.ToArbitrary(), calls =>
    {
        var policy = Find(name);
        foreach (var call in calls)
        {
            if (call.On(policy) is BudgetDecision decision)
            {
                Assert.True(double.IsFinite(decision.PredictedSeconds) && decision.PredictedSeconds >= 0);
                Assert.True(decision.HoldUntil is not { } hold || (hold > call.Now && hold < call.Queue![0].Deadline));
            }
        }
    }));

    [Theory]
    [MemberData(nameof(Names))]
    public void SameCalls_SameAnswers(string name) => Check(Prop.ForAll(PolicyCalls.Sequences.ToArbitrary(), calls =>
    {
        var (one, other) = (Find(name), Find(name));

        Assert.All(calls, call => Assert.Equal(call.On(one), call.On(other)));
    }));

    [Theory]
    [MemberData(nameof(Names))]
    public void AsksAboutOneFrame_GetOneAnswer(string name) => Check(Prop.ForAll(PolicyCalls.Sequences.ToArbitrary(), calls =>
    {
        var policy = Find(name);
        foreach (var call in calls)
        {
            var answer = call.On(policy);
            if (call.Arrival is { } arrival)
            {
                Assert.Equal(answer, policy.LetsIn(arrival with { InFlight = arrival.InFlight + 1 }));
            }
        }
    }));

    [Theory]
    [MemberData(nameof(Names))]
    public void AnyRange_LowestIsInsideIt(string name) => Check(Prop.ForAll(PolicyCalls.Queues.ToArbitrary(), queue =>
        Assert.All(queue, group => Assert.True(group.Range.Contains(Find(name).Lowest(group.Range))))));

    /// <summary>None of the queue may be past saving: one that comes within reach again is one more to care for, and may cost the head tokens.</summary>
    [Theory]
    [MemberData(nameof(MonotoneInSlack))]
    public void MoreSlackForAll_NeverASmallerBudget(string name) => Check(Prop.ForAll(
        PolicyCalls.Queues.ToArbitrary(), PolicyCalls.Profiles.ToArbitrary(), Gen.Choose(1, 2000).ToArbitrary(), (queue, profile, moreMs) =>
        {
            PendingGroup[] savable = [.. queue.Where(group => IsSavable(group, profile))];
            Assert.True(savable.Length == 0 || BudgetOf(name, Later(savable, moreMs), profile) >= BudgetOf(name, savable, profile));
        }));

    /// <summary>Whatever looks at slack at all: a group that waits alone, more of which is better.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void MoreSlackForALoneGroup_NeverASmallerBudget(string name) => Check(Prop.ForAll(
        PolicyCalls.Queues.ToArbitrary(), PolicyCalls.Profiles.ToArbitrary(), Gen.Choose(1, 2000).ToArbitrary(), (queue, profile, moreMs) =>
        {
            PendingGroup[] lone = [queue[0] with { Values = [.. queue[0].Values!.OrderDescending()] }];
            Assert.True(!IsSavable(lone[0], profile) || BudgetOf(name, Later(lone, moreMs), profile) >= BudgetOf(name, lone, profile));
        }));

    [Theory]
    [MemberData(nameof(Names))]
    public void WarmedUp_AllocatesNothing(string name)
    {
        var policy = Find(name);
        double[] values = [0.8, 0.79, 0.75, 0.7, 0.6, 0.4, 0.2];
        var queue = Enumerable.Range(1, 64).Select(i => new PendingGroup(TimeSpan.FromSeconds(9) + TimeSpan.FromMilliseconds(i), BudgetRange.Whole(PolicyCalls.Ladder), true, 1, 2, Values: values)).ToArray();
        var profile = Reports.Profile();
        var least = long.MaxValue;
        for (var round = 0; round < 8; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 2000; i++)
            {
                var now = TimeSpan.FromMilliseconds((round * 2000) + i);
                _ = policy.LetsIn(new(now, now + TimeSpan.FromSeconds(1), (ulong)(i % 4), (UInt128)i, 3, 0));
                _ = policy.Choose(new() { Now = now, Queue = queue, Profile = profile, ActiveRows = 2 });
                policy.Ended(new(now, AskVerdict.OnTime, 0.5, 1, 36, 0));
            }

            // What allocates on each call does so in every round; the runtime's own work on this thread falls into some.
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static PendingGroup[] Later(PendingGroup[] queue, int ms) => [.. queue.Select(group => group with { Deadline = group.Deadline + TimeSpan.FromMilliseconds(ms) })];

    private static int BudgetOf(string name, PendingGroup[] queue, LatencyProfile profile) =>
        Find(name).Choose(new() { Now = TimeSpan.Zero, Queue = queue, Profile = profile, ActiveRows = 0 }).Budget;

    private static bool IsSavable(PendingGroup group, LatencyProfile profile) =>
        profile.PredictGroup(PolicyCalls.Ladder.RungAtLeast(group.Range.Floor), group.FrameCached, group.Questions, group.AnswerTokens) <= group.Deadline.TotalSeconds;

    private static IServingPolicy Find(string name) => ServingPolicies.Find(name, PolicyCalls.Ladder)!;

    private static void Check(Property property) => property.Check(Config.QuickThrowOnFailure.WithMaxTest(200));
}
