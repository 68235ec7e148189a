using DeltaEdge.Core.Policies;

namespace DeltaEdge.UnitTests.Core.Policies;

public sealed class FrameRatePolicyTests
{
    private readonly FrameRatePolicy _policy = new(576);
    private TimeSpan _period = TimeSpan.FromMilliseconds(100);
    private int _frame;

    [Fact]
    public void WaitWithinThePeriod_LetsAllIn() => Assert.Equal(50, LetIn(50, waitSeconds: 0.09));

    [Fact]
    public void WaitLongerThanThePeriod_HalvesTheRate()
    {
        LetIn(10, 0);
        LetIn(1, 0.15);

        Assert.Equal(10, LetIn(20, waitSeconds: 0.15));
    }

    [Fact]
    public void WaitLongerThanEachInterval_DoublesItAgain()
    {
        LetIn(10, 0);
        LetIn(21, 0.5); // A step a second; 100, 200 and 400 ms are all shorter.

        Assert.Equal(3, LetIn(24, waitSeconds: 0.5));
    }

    [Fact]
    public void WaitLongerThanHalfTheDeadline_HalvesTheRateHoweverRareTheFrames()
    {
        _period = TimeSpan.FromSeconds(5);
        LetIn(10, 0);
        LetIn(1, 0.6);

        Assert.Equal(1, LetIn(8, waitSeconds: 0.51), 1.0);
    }

    [Fact]
    public void ThreeSecondsWithoutLongWaits_DoublesTheRate()
    {
        LetIn(10, 0);
        LetIn(11, 0.3); // A quarter.

        Assert.Equal(7, LetIn(30, 0), 1.0);
        Assert.Equal(15, LetIn(30, 0), 1.0);
        Assert.Equal(30, LetIn(30, 0), 1.0);
    }

    [Fact]
    public void OtherStreams_KeepTheirRate()
    {
        LetIn(10, 0);
        LetIn(2, 0.3);

        Assert.Equal(20, LetIn(20, 0, stream: 7));
    }

    [Fact]
    public void AsksAboutOneFrame_CountOnce()
    {
        LetIn(10, 0);
        LetIn(1, 0.15);
        var arrival = Arrival(0.15, stream: 1);
        var answer = _policy.LetsIn(arrival);

        Assert.Equal(answer, _policy.LetsIn(arrival));
        Assert.Equal(!answer, _policy.LetsIn(Arrival(0.15, stream: 1)));
    }

    private int LetIn(int frames, double waitSeconds, ulong stream = 1) =>
        Enumerable.Range(0, frames).Count(_ => _policy.LetsIn(Arrival(waitSeconds, stream)));

    private AskArrival Arrival(double waitSeconds, ulong stream)
    {
        var now = _frame++ * _period;
        return new(now, now + TimeSpan.FromSeconds(1), stream, (UInt128)_frame, 0, waitSeconds);
    }
}
