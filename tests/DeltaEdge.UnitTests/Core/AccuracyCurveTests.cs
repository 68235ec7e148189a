using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core;

public sealed class AccuracyCurveTests
{
    private static readonly ImmutableArray<double> Seconds = [0.07, 0.06, 0.05, 0.04, 0.03, 0.02, 0.01];

    [Fact]
    public void FloorRung_IsThePoorestThatLosesLittle()
    {
        double[] accuracy = [0.89, 0.97, 0.98, 0.99, 0.96, 0.83, 0.17];

        Assert.Equal(4, AccuracyCurve.FloorRung(accuracy, 0.10));
        Assert.Equal(5, AccuracyCurve.FloorRung(accuracy, 0.20));
        Assert.Equal(3, AccuracyCurve.FloorRung(accuracy, 0.001));
        Assert.Equal(6, AccuracyCurve.FloorRung(accuracy, 1));
    }

    [Fact]
    public void RungAt_NeverCostsMoreAtAHigherPrice() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>().Filter(b => b.Length >= 9),
        bytes =>
        {
            var values = bytes.Take(7).Select(b => b / 255.0).ToArray();
            var (low, high) = (Math.Min(bytes[7], bytes[8]) / 4.0, Math.Max(bytes[7], bytes[8]) / 4.0);

            return Seconds[AccuracyCurve.RungAt(values, Seconds, high, 0, 6)] <= Seconds[AccuracyCurve.RungAt(values, Seconds, low, 0, 6)];
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void RungAt_IsTheBestOfAll() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>().Filter(b => b.Length >= 8),
        bytes =>
        {
            var values = bytes.Take(7).Select(b => b / 255.0).ToArray();
            var price = bytes[7] / 4.0;
            var rung = AccuracyCurve.RungAt(values, Seconds, price, 0, 6);

            return Enumerable.Range(0, 7).All(r => values[r] - (price * Seconds[r]) <= values[rung] - (price * Seconds[rung]) + 1e-12);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void QualityCurve_MakesEqualWhatCannotBeToldFromTheBest()
    {
        var curve = QualityCurve.Of(QualityCurve.Credit([0.97, 0.99, 0.985, 0.98, 0.90, 0.80, 0.50], standardError: 0.008), weight: 2, floor: 16);

        Assert.Equal([1.94, 1.964, 1.964, 1.96, 1.80, 1.60, 1.0], curve.Values.Select(v => Math.Round(v, 6)));
        Assert.Equal(2, AccuracyCurve.RungAt(curve.Values, Seconds, 0, 0, 6));
        Assert.Equal(16, curve.Floor);
    }

    [Fact]
    public void StandardError_IsThatOfTheBestOnItsQuestions()
    {
        var profile = new AccuracyProfile(
            new TokenLadder([4, 1]), new Dictionary<QuestionKind, ImmutableArray<double>> { [QuestionKind.Read] = [0.9, 0.5], [QuestionKind.Count] = [0.9, 0.5] },
            "test", new Dictionary<QuestionKind, int> { [QuestionKind.Read] = 100 });

        Assert.Equal(0.03, profile.StandardError(QuestionKind.Read), 9);
        Assert.Equal(0, profile.StandardError(QuestionKind.Count));
    }

    [Fact]
    public void AssumedProfile_RisesWithTokensAndForbidsNothing()
    {
        var profile = AccuracyProfile.Assumed(TokenLadder.Default);
        var curve = TokenLadder.Default.Budgets.Select(b => profile.Expected(b, QuestionKind.Read)).ToArray();

        Assert.Equal(curve.OrderDescending(), curve);
        Assert.Equal(7, curve.Distinct().Count());
        Assert.Equal(6, AccuracyCurve.FloorRung(curve, 0.10));
        Assert.StartsWith("assumed", profile.Basis, StringComparison.Ordinal);
    }
}
