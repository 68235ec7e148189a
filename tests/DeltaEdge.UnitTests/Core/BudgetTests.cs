using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;

namespace DeltaEdge.UnitTests.Core;

public sealed class BudgetTests
{
    [Theory]
    [InlineData(1000, 0)]
    [InlineData(576, 0)]
    [InlineData(575, 1)]
    [InlineData(1, 6)]
    [InlineData(0, 6)]
    public void RungAtMost_IsTheLargestBudgetThatFits(int tokens, int rung) => Assert.Equal(rung, TokenLadder.Default.RungAtMost(tokens));

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(145, 0)]
    [InlineData(144, 1)]
    [InlineData(1, 6)]
    public void RungAtLeast_IsTheSmallestBudgetThatIsEnough(int tokens, int rung) => Assert.Equal(rung, TokenLadder.Default.RungAtLeast(tokens));

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 4, 4 })]
    [InlineData(new[] { 4, 16 })]
    [InlineData(new[] { 4, 0 })]
    public void LadderThatDoesNotFall_IsRefused(int[] budgets) => Assert.Throws<ArgumentException>(() => new TokenLadder([.. budgets]));

    [Fact]
    public void RangesThatDoNotMeet_KeepTheFloor()
    {
        var stream = new BudgetRange(144, 576);

        Assert.Equal(new BudgetRange(144, 144), stream.Within(new BudgetRange(1, 16)));
        Assert.Equal(new BudgetRange(144, 144), stream.Within(new BudgetRange(1, 144)));
        Assert.Equal(new BudgetRange(16, 16), new BudgetRange(1, 16).Within(new BudgetRange(144, 576)));
    }

    [Theory]
    [InlineData("slack", "slack")]
    [InlineData("fixed-144", "fixed-144")]
    [InlineData("fixed-145", null)]
    [InlineData("fixed-", null)]
    [InlineData("fixed--1", null)]
    [InlineData("Slack", null)]
    public void PolicyName_FindsThePolicyOrNothing(string name, string? found) => Assert.Equal(found, ServingPolicies.Find(name, TokenLadder.Default)?.Name);

    [Theory]
    [InlineData(1, 576, 144)]
    [InlineData(576, 576, 576)]
    [InlineData(1, 36, 36)]
    public void FixedPolicy_StaysInsideTheRange(int floor, int ceiling, int budget)
    {
        PendingGroup[] queue = [new(TimeSpan.Zero, new(floor, ceiling), false, 1, 2)];

        var decision = new FixedPolicy(144).Choose(new() { Now = TimeSpan.Zero, Queue = queue, Profile = Reports.Profile(), ActiveRows = 0 });

        Assert.Equal(budget, decision.Budget);
    }
}
