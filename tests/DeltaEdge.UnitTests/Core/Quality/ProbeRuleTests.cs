using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Quality;

namespace DeltaEdge.UnitTests.Core.Quality;

public sealed class ProbeRuleTests
{
    private static readonly ProbeSituation Idle = new() { QueueDepth = 0, ActiveRows = 0, BusyRatio = 0.1, PredictedSeconds = 0.02, TightestDeadlineSeconds = 0.3 };

    [Fact]
    public void IdleEngine_IsProbed() => Assert.True(ProbeRule.MayAsk(Idle, share: 0.25));

    [Fact]
    public void AnyWork_StopsProbes()
    {
        Assert.False(ProbeRule.MayAsk(Idle with { QueueDepth = 1 }, share: 0.25));
        Assert.False(ProbeRule.MayAsk(Idle with { ActiveRows = 1 }, share: 0.25));
        Assert.False(ProbeRule.MayAsk(Idle with { BusyRatio = 0.5 }, share: 0.25));
    }

    [Theory]
    [InlineData(0.075, true)]
    [InlineData(0.076, false)]
    public void LongProbe_IsNotAsked(double seconds, bool asked) => Assert.Equal(asked, ProbeRule.MayAsk(Idle with { PredictedSeconds = seconds }, share: 0.25));

    [Theory]
    [InlineData(576, null)]
    [InlineData(36, null)]
    [InlineData(16, 16)]
    [InlineData(4, 4)]
    [InlineData(1, 1)]
    public void DegradedAnswer_IsTestedAtItsBudget(int given, int? tested) =>
        Assert.Equal(tested, ProbeRule.Tested(TokenLadder.Default, Curves.Kind(Curves.Count), given));

    [Fact]
    public void RaisedFloor_IsTestedInTurnWithTheBudgetBelowIt()
    {
        var curve = Curves.Kind(Curves.Count).After(5, agrees: false, probes: 12);
        Assert.Equal(4, curve.FloorRung);

        Assert.Equal(16, ProbeRule.Tested(TokenLadder.Default, curve, 16));
        Assert.Equal(4, ProbeRule.Tested(TokenLadder.Default, curve.After(4, agrees: true, probes: 12), 16));
    }

    [Fact]
    public void FloorRaisedToTheBest_IsTestedBelow()
    {
        var curve = Curves.Kind(Curves.Count).After(4, agrees: false, probes: 50);
        Assert.Equal(curve.BestRung, curve.FloorRung);

        Assert.Equal(16, ProbeRule.Tested(TokenLadder.Default, curve, 36));
    }

    [Theory]
    [InlineData("Yes.", "yes", true)]
    [InlineData(" two   cars ", "Two cars", true)]
    [InlineData("3", "4", false)]
    [InlineData("", "", true)]
    [InlineData("no", "now", false)]
    public void Match_IsExactButForCaseSpaceAndTheEnd(string one, string other, bool same) => Assert.Equal(same, AnswerMatch.Same(one, other));
}
