using DeltaEdge.Streams.Pacing;

namespace DeltaEdge.UnitTests.Streams;

public sealed class PacingTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 32)]
    [InlineData(6, 60)]
    [InlineData(1_000_000, 60)]
    public void Backoff_IsSpreadOverADoublingCeilingUpToTheMaximum(int attempt, double ceiling)
    {
        var (min, max) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Equal(TimeSpan.Zero, Backoff.Delay(attempt, min, max, 0));
        Assert.Equal(ceiling / 2, Backoff.Delay(attempt, min, max, 0.5).TotalSeconds, 6);
        Assert.Equal(ceiling, Backoff.Delay(attempt, min, max, 1).TotalSeconds, 6);
    }

    [Theory]
    [InlineData(10, 2, 20)]
    [InlineData(10, 3, 30)]
    [InlineData(25, 10, 100)]
    [InlineData(2.5, 2, 20)]
    [InlineData(1, 5, 10)]
    [InlineData(10, 10, 100)]
    public void Sampler_TakesSoManyInTenSecondsAsAskedOrAsThereAre(double sourceFps, double fps, int expected)
    {
        var sampler = new FrameSampler();
        var random = new Random(3);
        var due = 0;
        for (var i = 0; i < sourceFps * 10; i++)
        {
            // A twentieth of a frame of jitter.
            var at = TimeSpan.FromSeconds((i + (random.NextDouble() / 20)) / sourceFps);
            due += sampler.IsDue(at, fps) ? 1 : 0;
        }

        Assert.InRange(due, expected - 1, expected + 1);
    }

    [Fact]
    public void SamplerAfterAPause_TakesOneAtOnceAndDoesNotCatchUp()
    {
        var sampler = new FrameSampler();
        Assert.True(sampler.IsDue(TimeSpan.Zero, 2));
        Assert.True(sampler.IsDue(TimeSpan.FromSeconds(60), 2));
        Assert.False(sampler.IsDue(TimeSpan.FromSeconds(60.1), 2));
        Assert.True(sampler.IsDue(TimeSpan.FromSeconds(60.5), 2));
    }

    [Fact]
    public void SamplerOfAFasterRate_DoesNotWaitOutTheOldPeriod()
    {
        var sampler = new FrameSampler();
        Assert.True(sampler.IsDue(TimeSpan.Zero, 0.1));
        Assert.True(sampler.IsDue(TimeSpan.FromSeconds(0.5), 10));
    }

    [Fact]
    public void Rate_IsOverTheLastSecondsAndFallsToZero()
    {
        var meter = new RateMeter();
        for (var i = 0; i <= 100; i++)
        {
            meter.Mark(TimeSpan.FromSeconds(i / 10.0));
        }

        Assert.Equal(10, meter.PerSecond(TimeSpan.FromSeconds(10)), 1);
        Assert.Equal(0, meter.PerSecond(TimeSpan.FromSeconds(16)));
    }
}
