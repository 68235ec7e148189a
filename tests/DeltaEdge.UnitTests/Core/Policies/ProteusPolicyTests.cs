using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Policies;

namespace DeltaEdge.UnitTests.Core.Policies;

public sealed class ProteusPolicyTests
{
    private static readonly TimeSpan Sla = TimeSpan.FromSeconds(2);

    private readonly ProteusPolicy _policy = new(TokenLadder.Default);
    private int _frame;

    [Theory]
    [InlineData(6, 576)]
    [InlineData(7, 144)]
    [InlineData(12, 144)]
    [InlineData(14, 64)]
    [InlineData(1000, 1)]
    public void Demand_PicksTheRichestThatCarriesIt(int perSecond, int budget)
    {
        Arrive(0, perSecond);

        Assert.Equal(budget, Choose(0, [Group(2)]).Budget);
    }

    [Fact]
    public void EqualAccuracies_PickTheCheapestOfThem()
    {
        Arrive(0, 1);

        Assert.Equal(64, Choose(0, [Group(2) with { Values = [0.8, 0.8, 0.8, 0.7, 0.6, 0.5, 0.4] }]).Budget);
    }

    [Fact]
    public void DemandThatChanges_IsSolvedForEachSecondAtFirstAndThenEveryTen()
    {
        Arrive(0, 1);
        Assert.Equal(576, Choose(0, [Group(2)]).Budget);
        for (var second = 1; second <= 10; second++)
        {
            Arrive(second, 12);
        }

        Assert.Equal(144, Choose(9.9, [Group(11.9)]).Budget);
        Assert.Equal(144, Choose(10, [Group(12)]).Budget);
        for (var second = 11; second < 30; second++)
        {
            Arrive(second, 1);
        }

        Assert.Equal(144, Choose(19.9, [Group(21.9)]).Budget);
        Assert.Equal(576, Choose(29.9, [Group(31.9)]).Budget);
    }

    [Fact]
    public void SlaHalfOfWhichARungDoesNotFit_RulesItOut()
    {
        for (var i = 0; i < 2; i++)
        {
            _policy.LetsIn(new(TimeSpan.Zero, TimeSpan.FromSeconds(0.2), 0, (UInt128)i, 0, 0));
        }

        Assert.Equal(144, Choose(0, [Group(0.2)]).Budget);
    }

    [Fact]
    public void LoneHead_WaitsForItsLastSafeStartAndThenGoes()
    {
        Arrive(0, 1);
        var lastStart = TimeSpan.FromSeconds(2) - TimeSpan.FromSeconds(BatchLatency.Planned(Reports.Profile(), 0, 1, Group(2)));

        Assert.Equal(lastStart, Choose(0, [Group(2)]).HoldUntil);
        Assert.Null(Choose(lastStart.TotalSeconds, [Group(2)]).HoldUntil);
    }

    [Fact]
    public void Newcomer_BringsTheLastSafeStartForward()
    {
        Arrive(0, 1);

        Assert.True(Choose(0, [Group(2), Group(2.5)]).HoldUntil < Choose(0, [Group(2)]).HoldUntil);
    }

    [Fact]
    public void NewcomerThatWouldMakeTheHeadLate_FiresTheBatchWithoutIt()
    {
        Arrive(0, 1);
        Assert.NotNull(Choose(1.75, [Group(2)]).HoldUntil);

        Assert.Null(Choose(1.76, [Group(2), Group(4)]).HoldUntil);
        Assert.NotNull(Choose(1.9, [Group(4)]).HoldUntil);
    }

    [Fact]
    public void BatchThatFired_GoesAsAWhole()
    {
        Arrive(0, 1);
        PendingGroup[] queue = [Group(2), Group(8), Group(9), Group(10)];
        var start = Choose(0, queue).HoldUntil!.Value.TotalSeconds;

        Assert.Null(Choose(start, queue).HoldUntil);
        Assert.All(Enumerable.Range(1, 3), i => Assert.Null(Choose(start + (0.1 * i), queue[i..]).HoldUntil));
        Assert.NotNull(Choose(start + 0.4, [Group(10)]).HoldUntil);
    }

    [Fact]
    public void FullBatch_DoesNotWait()
    {
        Arrive(0, 1);

        // Six at the richest take less than half the SLA, seven do not.
        Assert.NotNull(Choose(0, [.. Enumerable.Repeat(Group(2), 5)]).HoldUntil);
        Assert.Null(Choose(0, [.. Enumerable.Repeat(Group(2), 6)]).HoldUntil);
    }

    private static PendingGroup Group(double deadline) => new(TimeSpan.FromSeconds(deadline), BudgetRange.Whole(PolicyCalls.Ladder), false, 1, 2);

    private void Arrive(double at, int frames)
    {
        for (var i = 0; i < frames; i++)
        {
            var now = TimeSpan.FromSeconds(at);
            Assert.True(_policy.LetsIn(new(now, now + Sla, 0, (UInt128)_frame++, 0, 0)));
        }
    }

    private BudgetDecision Choose(double at, PendingGroup[] queue) =>
        _policy.Choose(new() { Now = TimeSpan.FromSeconds(at), Queue = queue, Profile = Reports.Profile(), ActiveRows = 0 });
}
