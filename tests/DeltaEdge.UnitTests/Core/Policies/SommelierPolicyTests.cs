using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Policies;

namespace DeltaEdge.UnitTests.Core.Policies;

public sealed class SommelierPolicyTests
{
    [Theory]
    [InlineData(1, 576)]
    [InlineData(10, 144)]
    [InlineData(16, 64)]
    [InlineData(20, 16)]
    [InlineData(64, 1)]
    public void LongerQueue_GetsLess(int groups, int budget) => Assert.Equal(budget, Choose(Enumerable.Repeat(Group(1000), groups)).Budget);

    [Fact]
    public void LatestDeadline_IsTheOneThatCounts() => Assert.Equal(576, Choose([Group(50), Group(1000)]).Budget);

    [Theory]
    [InlineData(1000, false, DegradedReason.Class)]
    [InlineData(1000, true, DegradedReason.Load)]
    public void CeilingBelowTheLargest_IsNamedByWhoSetIt(int slackMs, bool planned, DegradedReason reason) =>
        Assert.Equal(reason, Choose([Group(slackMs) with { Range = new(1, 64), Planned = planned }]).Reason);

    [Theory]
    [InlineData(20, DegradedReason.Floor)]
    [InlineData(80, DegradedReason.Load)]
    public void LittleSlack_IsFloorOnlyIfTheFloorIsLate(int slackMs, DegradedReason reason) => Assert.Equal(reason, Choose([Group(slackMs)]).Reason);

    private static PendingGroup Group(int slackMs) => new(TimeSpan.FromMilliseconds(slackMs), BudgetRange.Whole(PolicyCalls.Ladder), false, 1, 2);

    private static BudgetDecision Choose(IEnumerable<PendingGroup> queue) =>
        new SommelierPolicy().Choose(new() { Now = TimeSpan.Zero, Queue = queue.ToArray(), Profile = Reports.Profile(), ActiveRows = 0 });
}
