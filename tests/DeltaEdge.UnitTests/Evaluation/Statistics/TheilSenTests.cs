using DeltaEdge.Evaluation.Statistics;

namespace DeltaEdge.UnitTests.Evaluation.Statistics;

public sealed class TheilSenTests
{
    [Fact]
    public void StraightLine_GivesItsSlope() => Assert.Equal(2.5, TheilSen.Slope([.. Enumerable.Range(0, 20).Select(x => ((double)x, 7 + (2.5 * x)))]), 9);

    [Fact]
    public void OutliersInAFifth_DoNotBendIt() =>
        Assert.Equal(0.1, TheilSen.Slope([.. Enumerable.Range(0, 100).Select(x => ((double)x, x % 5 == 0 ? 1000 * (x % 2) : 0.1 * x))]), 1);

    [Fact]
    public void SawTooth_IsFlat() => Assert.InRange(TheilSen.Slope([.. Enumerable.Range(0, 200).Select(x => ((double)x, (double)(x % 10)))]), -0.01, 0.01);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void TooFewPoints_AreNoTrend(int count) => Assert.True(double.IsNaN(TheilSen.Slope([.. Enumerable.Range(0, count).Select(x => ((double)x, 1d))])));

    [Fact]
    public void OneMoment_IsNoTrend() => Assert.True(double.IsNaN(TheilSen.Slope([(1, 1), (1, 2)])));
}
