using DeltaEdge.Core.Policies;

namespace DeltaEdge.UnitTests.Core.Policies;

public sealed class OutcomeWindowTests
{
    private readonly OutcomeWindow _window = new(TimeSpan.FromSeconds(2), capacity: 100);

    [Fact]
    public void Percentile_IsTheNearestRankOfLatencyOverSla()
    {
        for (var i = 1; i <= 20; i++)
        {
            _window.Add(Answered(0, 0.1 * i, slaSeconds: 2));
        }

        Assert.Equal(0.95, _window.Percentile(TimeSpan.Zero, 0.95)!.Value, 9);
        Assert.Equal(1, _window.Percentile(TimeSpan.Zero, 0.99)!.Value, 9);
        Assert.Equal(0.05, _window.Percentile(TimeSpan.Zero, 0.01)!.Value, 9);
    }

    [Fact]
    public void OlderThanTheSpan_DoesNotCount()
    {
        _window.Add(Answered(0, 5));
        _window.Add(Answered(1.5, 0.5));

        Assert.Equal(0.5, _window.Percentile(TimeSpan.FromSeconds(2), 0.99));
        Assert.Null(_window.Percentile(TimeSpan.FromSeconds(3.5), 0.99));
    }

    [Fact]
    public void MoreThanItHolds_KeepsTheNewest()
    {
        _window.Add(Answered(0, 9));
        for (var i = 0; i < 100; i++)
        {
            _window.Add(Answered(0, 0.25));
        }

        Assert.Equal(0.25, _window.Percentile(TimeSpan.Zero, 1));
    }

    [Theory]
    [InlineData(AskVerdict.Refused)]
    [InlineData(AskVerdict.Void)]
    public void NotServed_SaysNothingAboutLatency(AskVerdict verdict)
    {
        _window.Add(Answered(0, 3) with { Verdict = verdict });

        Assert.Null(_window.Percentile(TimeSpan.Zero, 0.95));
    }

    [Fact]
    public void Expired_CountsAsFarBeyondItsSla()
    {
        _window.Add(Answered(0, 1) with { Verdict = AskVerdict.Expired });

        Assert.Equal(OutcomeWindow.ExpiredShare, _window.Percentile(TimeSpan.Zero, 0.95));
    }

    [Fact]
    public void Clear_Forgets()
    {
        _window.Add(Answered(0, 1));
        _window.Clear();

        Assert.Null(_window.Percentile(TimeSpan.Zero, 0.95));
    }

    private static AskEnd Answered(double at, double latencySeconds, double slaSeconds = 1) =>
        new(TimeSpan.FromSeconds(at), AskVerdict.OnTime, latencySeconds, slaSeconds, 36, 0);
}
