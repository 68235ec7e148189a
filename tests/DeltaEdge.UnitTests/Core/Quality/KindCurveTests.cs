using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Quality;

namespace DeltaEdge.UnitTests.Core.Quality;

public sealed class KindCurveTests
{
    [Fact]
    public void Unprobed_IsTheProfile()
    {
        var curve = Curves.Kind(Curves.Count);

        Assert.Equal(Curves.Count, curve.Accuracy.Select(a => Math.Round(a, 12)));
        Assert.Equal(3, curve.BestRung);
        Assert.False(curve.IsProbed);
    }

    [Fact]
    public void UnprobedFloor_IsThePoorestRungWithinTheLoss()
    {
        Assert.Equal(5, Curves.Kind(Curves.Count).FloorRung); // 4 tokens: 0.84 of 0.90 is 7 % less, 0.75 is 17 %.
        Assert.Equal(4, Curves.Kind(Curves.Read).FloorRung);
        Assert.Equal(AccuracyCurve.FloorRung(Curves.Read.AsSpan(), 0.2), Curves.Kind(Curves.Read, 0.2).FloorRung);
    }

    [Fact]
    public void NoLossAllowed_MeansNoFloor()
    {
        var curve = Curves.Kind(Curves.Read, maxLoss: 0);

        Assert.Equal(6, curve.FloorRung);
        Assert.Equal(6, curve.After(6, agrees: false, probes: 100).FloorRung);
    }

    [Fact]
    public void Disagreement_LowersOnlyItsRung()
    {
        var before = Curves.Kind(Curves.Count);
        var after = before.With(5, agrees: false);

        Assert.True(after.Accuracy[5] < before.Accuracy[5]);
        Assert.Equal(before.Accuracy.RemoveAt(5), after.Accuracy.RemoveAt(5));
        Assert.True(after.IsProbed);
    }

    [Fact]
    public void RungProvenBad_BoundsThePoorerOnes()
    {
        var curve = Curves.Kind(Curves.Count).After(4, agrees: false, probes: 100);

        Assert.True(curve.Accuracy[5] < 0.4 && curve.Accuracy[6] < 0.4, "What was never probed is not better than what was found bad.");
        Assert.Equal(Curves.Count[..4], curve.Accuracy[..4]);
    }

    [Fact]
    public void Agreement_RaisesItsRungUpToTheBest()
    {
        var after = Curves.Kind(Curves.Count).After(6, agrees: true, probes: 2000);

        Assert.InRange(after.Accuracy[6], 0.88, 0.90);
    }

    [Fact]
    public void Posterior_WeighsThePriorAsItsProbes()
    {
        var counts = new AgreementCounts(0.8);
        for (var i = 0; i < 5; i++)
        {
            counts = counts.With(agrees: false);
        }

        // 16 of 20 before; five failures, hardly faded yet.
        Assert.Equal(16.0 / 25, counts.Mean, 2);
        Assert.True(counts.LowerBound < counts.Mean && counts.Mean < counts.UpperBound);
    }

    [Fact]
    public void OldProbes_AreForgotten()
    {
        var counts = new AgreementCounts(1);
        for (var i = 0; i < 1000; i++)
        {
            counts = counts.With(agrees: false);
        }

        Assert.InRange(counts.Probes, 0.9 * AgreementCounts.Memory, AgreementCounts.Memory);
        for (var i = 0; i < 1000; i++)
        {
            counts = counts.With(agrees: true);
        }

        Assert.True(counts.Mean > 0.95);
    }

    [Fact]
    public void FloorProvenTooLow_RisesToTheNextRung()
    {
        var curve = Curves.Kind(Curves.Count);
        var probes = 0;
        while (curve.FloorRung == 5)
        {
            curve = curve.With(5, agrees: false);
            Assert.True(++probes < 50);
        }

        Assert.Equal(4, curve.FloorRung);
        Assert.True(probes > 1, "One bad probe is chance.");
    }

    [Fact]
    public void RungProvenBad_BarsThePoorerOnesToo()
    {
        var curve = Curves.Kind(Curves.Count).After(4, agrees: false, probes: 50);

        Assert.Equal(3, curve.FloorRung); // 4 tokens look fine still, but 16 do not.
    }

    [Fact]
    public void FloorNeverRises_AboveTheBestRung()
    {
        var curve = Curves.Kind(Curves.Count);
        for (var rung = 4; rung <= 6; rung++)
        {
            curve = curve.After(rung, agrees: false, probes: 200);
        }

        Assert.Equal(curve.BestRung, curve.FloorRung);
    }

    [Fact]
    public void FloorThatRose_FallsOnlyWhenTheLowerBoundIsAboveTheLimit()
    {
        var curve = Curves.Kind(Curves.Count).After(5, agrees: false, probes: 10);
        Assert.Equal(4, curve.FloorRung);

        var changes = 0;
        for (var i = 0; i < 1500; i++)
        {
            var next = curve.With(5, agrees: true);
            changes += next.FloorRung == curve.FloorRung ? 0 : 1;
            curve = next;
        }

        Assert.Equal((5, 1), (curve.FloorRung, changes));
    }
}
