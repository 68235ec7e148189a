using DeltaEdge.Core.Planning.Allocation;
using DeltaEdge.Core.Profiles;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core.Planning;

public sealed class ConcaveHullTests
{
    [Fact]
    public void RungOffTheHull_IsSkipped()
    {
        // The middle rung gains 1 per second, the step past it 9: nobody should ever stop there.
        Span<HullStep> steps = new HullStep[2];

        var count = ConcaveHull.Steps([1.0, 0.1, 0.0], [0.2, 0.1, 0.0], 0, 2, steps, out var start);

        Assert.Equal((1, 2, 0), (count, start, steps[0].Rung));
        Assert.Equal(5, steps[0].Slope, 12);
    }

    [Fact]
    public void RicherRungThatCostsNoMore_IsWhereItStarts()
    {
        Span<HullStep> steps = new HullStep[2];

        var count = ConcaveHull.Steps([0.9, 0.8, 0.7], [0.2, 0.1, 0.1], 0, 2, steps, out var start);

        Assert.Equal((1, 1), (count, start));
    }

    [Fact]
    public void RicherRungThatGainsNothing_IsNeverTaken()
    {
        Span<HullStep> steps = new HullStep[2];

        Assert.Equal(0, ConcaveHull.Steps([0.5, 0.4, 0.6], [0.3, 0.2, 0.1], 0, 2, steps, out var start));
        Assert.Equal(2, start);
    }

    [Fact]
    public void AnyCurve_HullAndArgmaxAgreeOnTheRungAtAPrice()
    {
        var cases =
            from values in Gen.Choose(0, 1000).Select(v => v / 1000.0).ArrayOf(7)
            from seconds in Gen.Choose(1, 1000).Select(s => s / 1000.0).ArrayOf(7)
            from price in Gen.Choose(1, 100_000).Select(p => p / 997.0)
            select (values, seconds, price);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var steps = new HullStep[6];
            var count = ConcaveHull.Steps(c.values, c.seconds, 0, 6, steps, out var rung);
            foreach (var step in steps[..count])
            {
                Assert.True(step.Slope > 0 && step.Seconds > 0 && step.Value > 0);
                rung = step.Slope > c.price ? step.Rung : rung;
            }

            Assert.Equal(steps[..count].Select(s => s.Slope).OrderDescending(), steps[..count].Select(s => s.Slope));
            var expected = AccuracyCurve.RungAt(c.values, [.. c.seconds], c.price, 0, 6);
            Assert.Equal(c.values[expected] - (c.price * c.seconds[expected]), c.values[rung] - (c.price * c.seconds[rung]), 9);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
