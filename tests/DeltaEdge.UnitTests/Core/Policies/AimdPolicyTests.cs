using DeltaEdge.Core.Policies;

namespace DeltaEdge.UnitTests.Core.Policies;

public sealed class AimdPolicyTests
{
    private readonly AimdPolicy _policy = new(576, start: 10);
    private int _frame;

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void InFlight_IsHeldAgainstTheCap(int inFlight, bool letIn) => Assert.Equal(letIn, Arrive(0, inFlight));

    [Fact]
    public void SecondWithAP95BeyondTheSla_CutsTheCapOnce()
    {
        Arrive(0, 10);
        End(0.5, AskVerdict.Late, 1.2);
        End(0.6, AskVerdict.Expired, 1);
        Arrive(1, 1);
        Arrive(1.1, 1);

        Assert.Equal(7, _policy.Cap);
    }

    [Fact]
    public void CleanSecondAtTheCap_GivesOneMore()
    {
        Arrive(0, 9);
        End(0.5, AskVerdict.OnTime, 0.9);
        Arrive(1, 0);

        Assert.Equal(11, _policy.Cap);
    }

    [Fact]
    public void CleanSecondBelowTheCap_ChangesNothing()
    {
        Arrive(0, 3);
        End(0.5, AskVerdict.OnTime, 0.9);
        Arrive(1, 0);

        Assert.Equal(10, _policy.Cap);
    }

    [Fact]
    public void SecondWithoutAnswers_ChangesNothing()
    {
        Arrive(0, 9);
        Arrive(1, 9);

        Assert.Equal(10, _policy.Cap);
    }

    [Fact]
    public void EndlessMisses_LeaveOne()
    {
        for (var second = 0; second < 60; second++)
        {
            End(second + 0.5, AskVerdict.Late, 3);
        }

        Assert.Equal(1, _policy.Cap);
        Assert.True(Arrive(60, 0));
    }

    private bool Arrive(double at, int inFlight)
    {
        var now = TimeSpan.FromSeconds(at);
        return _policy.LetsIn(new(now, now + TimeSpan.FromSeconds(1), 0, (UInt128)_frame++, inFlight, 0));
    }

    private void End(double at, AskVerdict verdict, double latencySeconds) =>
        _policy.Ended(new(TimeSpan.FromSeconds(at), verdict, latencySeconds, 1, 576, 0));
}
