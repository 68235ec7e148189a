using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Quality;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.UnitTests.Core.Quality;

/// <summary>A model whose counts peak at 36 tokens and whose reading needs 16; about the shipped one.</summary>
internal static class Curves
{
    public const double MaxLoss = 0.10;

    public static ImmutableArray<double> Count { get; } = [0.80, 0.87, 0.88, 0.90, 0.88, 0.84, 0.75];

    public static ImmutableArray<double> Read { get; } = [0.95, 0.98, 0.98, 0.99, 0.97, 0.83, 0.12];

    public static AccuracyProfile Profile { get; } = new(
        TokenLadder.Default,
        new Dictionary<QuestionKind, ImmutableArray<double>> { [QuestionKind.Count] = Count, [QuestionKind.Read] = Read },
        "made up");

    public static KindCurve Kind(ImmutableArray<double> prior, double maxLoss = MaxLoss) => KindCurve.FromProfile(TokenLadder.Default, prior, maxLoss);

    public static CurveBook Book(double maxLoss = MaxLoss) => new(TokenLadder.Default, Profile, SlaCatalog.Default, maxLoss);

    /// <summary>The curve after so many probes of one rung that all agree, or all do not.</summary>
    public static KindCurve After(this KindCurve curve, int rung, bool agrees, int probes)
    {
        for (var i = 0; i < probes; i++)
        {
            curve = curve.With(rung, agrees);
        }

        return curve;
    }
}
