using System.Collections.Immutable;
using DeltaEdge.Core.Quality;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core.Quality;

/// <summary>What holds for a curve whatever the profile says and probes find.</summary>
public sealed class KindCurveProperties
{
    private static readonly Gen<(ImmutableArray<double> Prior, double MaxLoss)> Priors =
        from values in Gen.Choose(0, 100).Select(v => v / 100.0).ArrayOf(7)
        from loss in Gen.Elements(0, 0.05, 0.1, 0.3)
        select (values.ToImmutableArray(), loss);

    private static readonly Gen<(int Rung, bool Agrees)[]> Probes =
        from probes in (from rung in Gen.Choose(0, 6) from agrees in Gen.Elements(true, false) select (rung, agrees)).ListOf()
        select probes.ToArray();

    [Fact]
    public void AnyProbes_KeepAccuracyBetween0AndTheBestAndTheFloorAtOrBelowIt() => Check((prior, maxLoss, probes) =>
    {
        var curve = Curves.Kind(prior, maxLoss);
        foreach (var (rung, agrees) in probes)
        {
            curve = rung > curve.BestRung ? curve.With(rung, agrees) : curve;
            Assert.All(curve.Accuracy, a => Assert.InRange(a, 0, prior[curve.BestRung] + 1e-12));
            Assert.InRange(curve.FloorRung, curve.BestRung, 6);
        }
    });

    [Fact]
    public void AnyProbe_MovesAccuracyTowardsWhatItSaw() => Check((prior, maxLoss, probes) =>
    {
        var curve = Curves.Kind(prior, maxLoss);
        foreach (var (rung, agrees) in probes.Where(p => p.Rung > curve.BestRung))
        {
            var next = curve.With(rung, agrees);
            var change = next.Accuracy[rung] - curve.Accuracy[rung];
            // Fading moves the mean back towards the prior by less than any probe moves it on.
            Assert.True(agrees ? change >= -0.01 : change <= 0.01);
            curve = next;
        }
    });

    private static void Check(Action<ImmutableArray<double>, double, (int Rung, bool Agrees)[]> holds) =>
        Prop.ForAll(Priors.ToArbitrary(), Probes.ToArbitrary(), (curve, probes) => holds(curve.Prior, curve.MaxLoss, probes)).QuickCheckThrowOnFailure();
}
