using DeltaEdge.Worker.Quality;

namespace DeltaEdge.UnitTests.Worker.Quality;

public sealed class BusyMeterTests
{
    [Fact]
    public void Share_IsOfTheLastSecond()
    {
        var meter = new BusyMeter();
        Assert.Equal(1, meter.Read(At(0), 0));
        Assert.Equal(1, meter.Read(At(0.5), 0));
        Assert.Equal(0.4, meter.Read(At(1), 0.4), 9);
        Assert.Equal(0.4, meter.Read(At(1.5), 0.4), 9);
        Assert.Equal(0, meter.Read(At(2), 0.4), 9);
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
