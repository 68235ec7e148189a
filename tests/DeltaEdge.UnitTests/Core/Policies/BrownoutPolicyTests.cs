using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Policies;

namespace DeltaEdge.UnitTests.Core.Policies;

public sealed class BrownoutPolicyTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private readonly BrownoutPolicy _policy = new();
    private TimeSpan _now;

    [Fact]
    public void Start_IsTheRichest() => Assert.All(Budgets(3), budget => Assert.Equal(576, budget));

    [Fact]
    public void BetweenTwoRungs_IsDitheredInProportion()
    {
        Budgets(1);
        AfterAStepAt(2);

        // Once Ki down from the richest: 0.2 of six rungs is rung 1.2, so four times rung 1 and once rung 2.
        Assert.Equal([64, 144, 144, 144, 144], Budgets(5).Order());
    }

    [Fact]
    public void EndlessMisses_EndAtThePoorest()
    {
        Budgets(1);
        for (var i = 0; i < 20; i++)
        {
            AfterAStepAt(2);
        }

        Assert.All(Budgets(5), budget => Assert.Equal(1, budget));
    }

    [Fact]
    public void LongMisses_DoNotWindUp()
    {
        Budgets(1);
        for (var i = 0; i < 200; i++)
        {
            AfterAStepAt(2);
        }

        for (var i = 0; i < 10; i++)
        {
            AfterAStepAt(0.4);
        }

        Assert.Contains(576, Budgets(5));
    }

    [Fact]
    public void JustInTime_StaysWhereItIs()
    {
        Budgets(1);
        AfterAStepAt(1);
        AfterAStepAt(1);

        Assert.All(Budgets(5), budget => Assert.Equal(576, budget));
    }

    private void AfterAStepAt(double share)
    {
        _policy.Ended(new(_now, AskVerdict.Late, share, 1, 64, 0));
        _now += Step;
        Budgets(1);
    }

    private int[] Budgets(int count) => [.. Enumerable.Range(0, count).Select(_ => _policy.Choose(new()
    {
        Now = _now,
        Queue = [new(_now + TimeSpan.FromSeconds(1), BudgetRange.Whole(PolicyCalls.Ladder), false, 1, 2)],
        Profile = Reports.Profile(),
        ActiveRows = 0,
    }).Budget)];
}
