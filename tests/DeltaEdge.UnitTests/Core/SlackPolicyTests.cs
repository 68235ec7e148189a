using DeltaEdge.Core.Policies;
using System.Diagnostics;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core;

public sealed class SlackPolicyTests
{
    private static readonly TokenLadder Ladder = TokenLadder.Default;

    private static readonly Gen<PendingGroup> Groups =
        from deadlineMs in Gen.Choose(-100, 3000)
        from low in Gen.Choose(0, Ladder.Count - 1)
        from high in Gen.Choose(0, Ladder.Count - 1)
        from cached in Gen.Elements(true, false)
        from questions in Gen.Choose(1, 4)
        from tokens in Gen.Choose(1, 16)
        let range = new BudgetRange(Ladder[Math.Max(low, high)], Ladder[Math.Min(low, high)])
        select new PendingGroup(TimeSpan.FromMilliseconds(deadlineMs), range, cached, questions, tokens);

    private static readonly Gen<PendingGroup[]> Queues = Groups.NonEmptyListOf().Select(q => q.OrderBy(g => g.Deadline).ToArray());

    [Theory]
    [InlineData(1000, 576, DegradedReason.None)]
    [InlineData(110, 144, DegradedReason.Load)]
    [InlineData(55, 16, DegradedReason.Load)]
    [InlineData(30, 1, DegradedReason.Floor)]
    public void OneGroup_GetsTheRichestBudgetThatItsSlackAllows(int slackMs, int budget, DegradedReason reason)
    {
        var decision = Choose([Group(slackMs)]);

        Assert.Equal(budget, decision.Budget);
        Assert.Equal(reason, decision.Reason);
    }

    [Fact]
    public void OthersWaitBehind_HeadLeavesThemTime()
    {
        var alone = Choose([Group(1000)]);
        var crowded = Choose([.. Enumerable.Range(0, 10).Select(i => Group(1000))]);

        Assert.Equal(576, alone.Budget);
        Assert.Equal(144, crowded.Budget);
    }

    [Fact]
    public void HopelessNeighbour_CostsNoMoreThanItsFloor()
    {
        var decision = Choose([Group(400), Group(1), Group(400)]);

        Assert.Equal(576, decision.Budget);
    }

    [Theory]
    [InlineData(true, DegradedReason.Load)]
    [InlineData(false, DegradedReason.Class)]
    public void CeilingBelowTheLargest_IsNamedByWhoSetIt(bool planned, DegradedReason reason) =>
        Assert.Equal(reason, Choose([Group(5000) with { Range = new(1, 144), Planned = planned }]).Reason);

    [Fact]
    public void DecodingRows_CountAgainstSlack()
    {
        var group = Group(200) with { AnswerTokens = 10 };

        Assert.True(Choose([group], activeRows: 15).Budget < Choose([group]).Budget);
    }

    [Fact]
    public void AnyQueue_StaysInsideTheHeadsRange() => Check(Prop.ForAll(Queues.ToArbitrary(), queue =>
    {
        var decision = Choose(queue);

        Assert.True(Ladder.Contains(decision.Budget));
        Assert.True(queue[0].Range.Contains(decision.Budget), $"{decision.Budget} for {queue[0].Range}");
    }));

    [Fact]
    public void MoreSlackForTheHead_NeverLessBudget() => Check(Prop.ForAll(Queues.ToArbitrary(), Gen.Choose(1, 1000).ToArbitrary(), (queue, moreMs) =>
    {
        var relaxed = queue.ToArray();
        relaxed[0] = queue[0] with { Deadline = queue[0].Deadline + TimeSpan.FromMilliseconds(moreMs) };

        Assert.True(Choose(relaxed).Budget >= Choose(queue).Budget);
    }));

    [Fact]
    public void PredictedOnTimeWithSafety_OrPoorestOrHopeless() => Check(Prop.ForAll(Queues.ToArbitrary(), queue =>
    {
        var decision = Choose(queue);

        Assert.True(decision.PredictedSeconds * 1.15 <= queue[0].Deadline.TotalSeconds || decision.Budget == queue[0].Range.Floor);
    }));

    [Fact]
    public void LongerQueueThanLookahead_IsDecidedAllTheSame() =>
        Assert.Equal(1, Choose([.. Enumerable.Range(0, 1000).Select(_ => Group(600))]).Budget);

    [Fact]
    public void Decision_AllocatesNothingAndIsQuick()
    {
        var queue = Enumerable.Range(0, 64).Select(i => Group(200 + (100 * i))).ToArray();
        var policy = new SlackPolicy();
        var profile = Reports.Profile();
        var best = TimeSpan.MaxValue;
        var allocated = 0L;
        for (var round = 0; round < 50; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < 100; i++)
            {
                _ = policy.Choose(new() { Now = TimeSpan.Zero, Queue = queue, Profile = profile, ActiveRows = 4 });
            }

            var elapsed = Stopwatch.GetElapsedTime(start) / 100;
            best = elapsed < best ? elapsed : best;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        Assert.True(best < TimeSpan.FromMicroseconds(50), $"{best.TotalMicroseconds} µs; an optimised build takes a tenth.");
    }

    private static PendingGroup Group(int slackMs) => new(TimeSpan.FromMilliseconds(slackMs), BudgetRange.Whole(Ladder), false, 1, 2);

    private static BudgetDecision Choose(PendingGroup[] queue, int activeRows = 0) =>
        new SlackPolicy().Choose(new() { Now = TimeSpan.Zero, Queue = queue, Profile = Reports.Profile(), ActiveRows = activeRows });

    private static void Check(Property property) => property.Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
