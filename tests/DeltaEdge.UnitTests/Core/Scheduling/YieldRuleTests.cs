using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.UnitTests.Inference;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core.Scheduling;

/// <summary>A question about an encoded frame takes 12 ms at one token, each further one 1 ms; a frame's encoding 10 ms.</summary>
public sealed class YieldRuleTests
{
    [Fact]
    public void EverybodyInTime_NobodyYields() => Assert.Equal([false, false, false], Mark(Group(13, 1), Group(25, 1), Group(37, 1)));

    [Fact]
    public void AmongEquals_TheLastYields() => Assert.Equal([false, false, true], Mark(Group(25, 1), Group(25, 1), Group(35, 1)));

    [Fact]
    public void OneOfLessWorth_YieldsToOneOfMore() => Assert.Equal([false, true, false], Mark(Group(25, 1), Group(25, 0.5), Group(35, 1)));

    [Fact]
    public void SeveralThatAreWorthMoreTogether_DoNotYield() =>
        Assert.Equal([false, false, true], Mark(Group(25, 0.6), Group(25, 0.6), Group(25, 1, questions: 4)));

    [Fact]
    public void OneThatIsLateOnItsOwn_DisplacesNobodyAndStays() => Assert.Equal([false, false], Mark(Group(5, 9), Group(13, 0.1)));

    [Fact]
    public void ActiveRows_GoFirst() => Assert.Equal([false, true], Mark(busyMs: 3, Group(16, 1), Group(26, 1)));

    [Fact]
    public void MoreQuestionsOnOneFrame_AreWorthMorePerSecond() =>
        Assert.Equal([true, false], Mark(Group(45, 1, cached: false), Group(45, 3, questions: 3, cached: false)));

    /// <summary>Those that stay are on time at their best budgets, in order; whoever stays late was late on its own.</summary>
    [Fact]
    public void Property_ThoseThatStayAreOnTime() =>
        Prop.ForAll(Queues(), queue =>
        {
            var (groups, busy) = (queue.Select(q => Group(q.Due, q.Value, q.Questions)).OrderBy(g => g.Deadline).ToArray(), queue.Length / 2.0);
            var yields = Mark(busy, groups);
            var finish = busy / 1000;
            return groups.Zip(yields).All(g =>
            {
                var (seconds, slack) = (GroupWorth.Of(Asks.Profile, g.First).Seconds, g.First.Deadline.TotalSeconds);
                var hopeless = (busy / 1000) + seconds > slack;
                finish += g.Second || hopeless ? 0 : seconds;
                return hopeless ? !g.Second : g.Second || finish <= slack + 1e-9;
            });
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<(int Due, double Value, int Questions)[]> Queues() =>
        (from due in Gen.Choose(1, 150)
         from value in Gen.Choose(1, 100)
         from questions in Gen.Choose(1, 4)
         select (due, value / 50.0, questions)).ArrayOf().ToArbitrary();

    private static PendingGroup Group(double dueMs, double value, int questions = 1, bool cached = true) =>
        new(Asks.Ms(dueMs), new BudgetRange(1, 1), cached, questions, AnswerTokens: 1, Values: [value, value, value, value, value, value, value]);

    private static bool[] Mark(params PendingGroup[] queue) => Mark(0, queue);

    private static bool[] Mark(double busyMs, params PendingGroup[] queue)
    {
        var yields = new bool[queue.Length];
        var any = YieldRule.Mark(Asks.Profile, TimeSpan.Zero, busyMs / 1000, queue, yields, new GroupWorth[queue.Length]);
        Assert.Equal(yields.Contains(true), any);
        return yields;
    }
}
