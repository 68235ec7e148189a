using DeltaEdge.Evaluation.Figures;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Evaluation.Figures;

public sealed class TicksTests
{
    private static readonly Gen<(double Low, double High)> Ranges =
        from low in Gen.Choose(-10_000, 10_000)
        from more in Gen.Choose(1, 30_000)
        from power in Gen.Choose(-5, 5)
        select (low * Math.Pow(10, power), (low + more) * Math.Pow(10, power));

    [Fact]
    public void AnyRange_IsCoveredByAFewRoundNumbers() => Check.QuickThrowOnFailure(Prop.ForAll(Ranges.ToArbitrary(), range =>
    {
        var ticks = Ticks.Linear(range.Low, range.High);
        var step = ticks[1] - ticks[0];
        var dust = step * 1e-6;
        Assert.InRange(ticks.Length, 2, 9);
        Assert.True(ticks[0] <= range.Low + dust && ticks[^1] >= range.High - dust);
        Assert.True(ticks[0] > range.Low - step - dust && ticks[^1] < range.High + step + dust);
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.Equal(step, pair.Second - pair.First, dust));
        var lead = step / Math.Pow(10, Math.Floor(Math.Log10(step * 1.0000001)));
        Assert.Contains(new[] { 1.0, 2, 5 }, l => Math.Abs(l - lead) < 1e-6);
    }));

    [Fact]
    public void Percentages_GoByTwenties() => Assert.Equal([0, 20, 40, 60, 80, 100], Ticks.Linear(0, 100, 6));

    [Fact]
    public void LogarithmicRange_TakesOneTwoFiveWithinIt()
    {
        Assert.Equal([0.5, 1, 2, 5, 10], Ticks.Logarithmic(0.3, 12));
        Assert.Equal([1, 10, 100, 1000, 10000], Ticks.Logarithmic(1, 10_000));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(576, "576")]
    [InlineData(0.3, "0.3")]
    [InlineData(-20, "-20")]
    [InlineData(2500, "2500")]
    [InlineData(25_000, "25k")]
    [InlineData(1_500_000, "1.5M")]
    [InlineData(0.00002, "2e-5")]
    public void Label_IsShort(double value, string label) => Assert.Equal(label, Ticks.Label(value));
}
