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

    [Fact]
    public void AnotherEngine_IsNotKnownBeforeAWindow()
    {
        var meter = new BusyMeter();
        meter.Read(At(0), 10);
        meter.Read(At(1), 10.5);
        Assert.Equal(1, meter.Read(At(1.1), 0));
        Assert.Equal(1, meter.Read(At(2), 0.2));
        Assert.Equal(0.3, meter.Read(At(2.1), 0.3), 9);
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
