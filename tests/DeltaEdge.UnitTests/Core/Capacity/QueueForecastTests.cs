using DeltaEdge.Core.Capacity;

namespace DeltaEdge.UnitTests.Core.Capacity;

public sealed class QueueForecastTests
{
    /// <summary>
    /// Simulated M/D/1 queues stay under the bound, and the bound is not more than a service time or two above them: it is safe and
    /// not useless.
    /// </summary>
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.8)]
    public void Tail_IsJustAboveASimulatedQueue(double utilisation)
    {
        const double Seconds = 0.05;
        var flow = new ServiceFlow(utilisation / Seconds, Seconds, 1);

        var predicted = new QueueForecast([flow], tailMargin: 1).Tail(flow, 0.99);

        var simulated = SimulatedTail(flow, 0.99);
        Assert.InRange(predicted, simulated, simulated + (2 * Seconds));
    }

    [Fact]
    public void FullEngine_HasNoTail()
    {
        var flow = new ServiceFlow(25, 0.04, 1);

        Assert.Equal(double.PositiveInfinity, new QueueForecast([flow], 1).Tail(flow, 0.99));
        Assert.False(new QueueForecast([flow], 1).Holds(0.99));
    }

    [Fact]
    public void NothingToServe_Holds() => Assert.True(new QueueForecast([], 1.15).Holds(0.99));

    [Fact]
    public void LooserDeadline_DelaysATighterOneByOneFrameAtMost()
    {
        var tight = new ServiceFlow(2, 0.05, 0.3);
        var loose = new ServiceFlow(6, 0.1, 5);

        var alone = new QueueForecast([tight], 1).Tail(tight, 0.99);
        var beside = new QueueForecast([tight, loose], 1).Tail(tight, 0.99);

        Assert.Equal(alone + loose.Seconds, beside, 6);
        Assert.True(new QueueForecast([tight, loose], 1).Holds(0.99));
    }

    [Fact]
    public void TighterDeadline_TakesEngineTimeFromALooserOne()
    {
        var tight = new ServiceFlow(10, 0.05, 0.3);
        var loose = new ServiceFlow(1, 0.05, 5);

        Assert.True(new QueueForecast([tight, loose], 1).Tail(loose, 0.99) > new QueueForecast([loose], 1).Tail(loose, 0.99));
    }

    private static double SimulatedTail(ServiceFlow flow, double percentile)
    {
        var random = new Random(7);
        var sojourns = new double[200_000];
        var wait = 0d;
        for (var i = 0; i < sojourns.Length; i++)
        {
            sojourns[i] = wait + flow.Seconds;
            wait = Math.Max(0, wait + flow.Seconds + (Math.Log(1 - random.NextDouble()) / flow.FramesPerSecond));
        }

        Array.Sort(sojourns);
        return sojourns[(int)(percentile * sojourns.Length)];
    }
}
