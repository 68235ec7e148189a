using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Policies;

namespace DeltaEdge.UnitTests.Core.Policies;

public sealed class InfaasAccuracyPolicyTests
{
    private readonly InfaasAccuracyPolicy _policy = new();
    private int _second;

    [Fact]
    public void Start_IsTheRichest() => Assert.Equal(576, Budget());

    [Fact]
    public void LessThanATwentiethToSpare_GoesDownOneRungASecond()
    {
        Assert.Equal(576, Budget());
        Assert.Equal(144, AfterASecondAt(0.96));
        Assert.Equal(64, AfterASecondAt(0.96));
    }

    [Theory]
    [InlineData(0.94, 144)]
    [InlineData(0.41, 144)]
    [InlineData(0.39, 576)]
    public void ShareOfTheSla_MovesOnlyBeyondTheThresholds(double share, int budget)
    {
        Budget();
        Assert.Equal(144, AfterASecondAt(1.5));

        Assert.Equal(budget, AfterASecondAt(share));
    }

    [Fact]
    public void NothingAnswered_MovesNothing()
    {
        Budget();
        _second += 30;

        Assert.Equal(576, Budget());
    }

    private int AfterASecondAt(double share)
    {
        _policy.Ended(new(TimeSpan.FromSeconds(_second + 0.5), AskVerdict.OnTime, share, 1, 576, 0));
        _second++;
        return Budget();
    }

    private int Budget() => _policy.Choose(new()
    {
        Now = TimeSpan.FromSeconds(_second),
        Queue = [new(TimeSpan.FromSeconds(_second + 1), BudgetRange.Whole(PolicyCalls.Ladder), false, 1, 2)],
        Profile = Reports.Profile(),
        ActiveRows = 0,
    }).Budget;
}
