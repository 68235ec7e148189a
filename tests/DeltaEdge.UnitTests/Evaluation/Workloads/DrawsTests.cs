using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.UnitTests.Evaluation.Workloads;

public sealed class DrawsTests
{
    private const int Many = 200_000;

    [Fact]
    public void Sequence_StaysWhatItWas()
    {
        // Whoever changes these numbers makes every published run unrepeatable.
        var draws = new Draws(1, "arrivals");

        Assert.Equal([3022806348234117068UL, 13826578084633096229UL], [draws.Bits(), draws.Bits()]);
    }

    [Fact]
    public void SeedsAndPurposes_HaveTheirOwnSequences() =>
        Assert.Equal(4, new[] { new Draws(1, "a"), new Draws(2, "a"), new Draws(1, "b"), new Draws(-1, "a") }.Select(d => d.Bits()).Distinct().Count());

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void Gamma_HasTheWantedMeanAndVariation(double cv2)
    {
        var draws = new Draws(11, "gamma");
        var values = Enumerable.Range(0, Many).Select(_ => draws.Gamma(3, cv2)).ToList();
        var mean = values.Average();
        var variation = values.Average(v => (v - mean) * (v - mean)) / (mean * mean);

        Assert.InRange(mean, 3 * 0.97, 3 * 1.03);
        Assert.InRange(variation, cv2 * 0.95, cv2 * 1.05);
    }

    [Fact]
    public void ExponentialAndNormal_HaveTheirMoments()
    {
        var draws = new Draws(5, "moments");
        var exponential = Enumerable.Range(0, Many).Select(_ => draws.Exponential(2)).Average();
        var normal = Enumerable.Range(0, Many).Select(_ => draws.Normal()).ToList();

        Assert.InRange(exponential, 1.97, 2.03);
        Assert.InRange(normal.Average(), -0.01, 0.01);
        Assert.InRange(normal.Average(n => n * n), 0.98, 1.02);
    }

    [Fact]
    public void Below_ReachesEveryNumberAlike()
    {
        var draws = new Draws(9, "below");
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[draws.Below(7)]++;
        }

        Assert.All(counts, c => Assert.InRange(c, 9_600, 10_400));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void GammaArrivals_HaveTheWantedRateAndVariation(double cv2)
    {
        var times = ArrivalTimes.Gamma(new Draws(2, "renewal"), 2000, 50, cv2).ToList();
        var gaps = times.Zip(times.Skip(1), (a, b) => b - a).ToList();
        var mean = gaps.Average();

        Assert.InRange(1 / mean, 50 * 0.95, 50 * 1.05);
        Assert.InRange(gaps.Average(g => (g - mean) * (g - mean)) / (mean * mean), cv2 * 0.92, cv2 * 1.08);
    }
}
