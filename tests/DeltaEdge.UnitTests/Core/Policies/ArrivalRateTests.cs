using DeltaEdge.Core.Policies;

namespace DeltaEdge.UnitTests.Core.Policies;

public sealed class ArrivalRateTests
{
    private readonly ArrivalRate _rate = new();

    [Fact]
    public void BeforeTheFirstSecondIsOver_IsWhatCameSoFar()
    {
        Come(0, 3);

        Assert.Equal(3, _rate.PerSecond(TimeSpan.FromSeconds(0.5)));
    }

    [Fact]
    public void SteadyArrivals_AreTheirRate()
    {
        for (var second = 0; second < 10; second++)
        {
            Come(second, 7);
        }

        Assert.Equal(7, _rate.PerSecond(TimeSpan.FromSeconds(10)), 9);
    }

    [Fact]
    public void Burst_MovesItPartOfTheWay()
    {
        Come(0, 10);
        Come(1, 60);

        Assert.InRange(_rate.PerSecond(TimeSpan.FromSeconds(2)), 11, 59);
    }

    [Fact]
    public void LongSilence_FadesToNothing()
    {
        Come(0, 100);

        Assert.InRange(_rate.PerSecond(TimeSpan.FromSeconds(3)), 30, 40);
        Assert.Equal(0, _rate.PerSecond(TimeSpan.FromDays(3)), 9);
    }

    private void Come(double second, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _rate.Count(TimeSpan.FromSeconds(second));
        }
    }
}
