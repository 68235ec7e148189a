namespace DeltaEdge.UnitTests.Controller;

/// <summary>The slow loop under arrivals as random as they come. Seeds are fixed, so each run is the same.</summary>
public sealed class ControlUnderPoissonTests
{
    /// <summary>Asks a second that take one engine's whole time at 576 tokens.</summary>
    private const double Full = 1 / 0.146;

    [Theory]
    [InlineData(1, 0.8)]
    [InlineData(4, 0.8)]
    [InlineData(4, 0.9)]
    public void LoadThatFits_ClimbsToFullBudgetAndStays(int workers, double load)
    {
        var fleet = new ControlledFleet(workers, seed: 7, price: 1000);

        fleet.Run(180, load * workers * Full);

        Assert.Equal(576, fleet.Ceiling);
        Assert.True(fleet.OnTime >= 0.99 * fleet.Asked, $"{fleet.OnTime} of {fleet.Asked} on time.");
        Assert.DoesNotContain(fleet.Switches, s => s.At > 60);
    }

    [Theory]
    [InlineData(1, 1.6)]
    [InlineData(4, 1.6)]
    [InlineData(4, 2.5)]
    public void LoadThatDoesNotFit_IsServedOnTimeWithoutFlapping(int workers, double load)
    {
        var fleet = new ControlledFleet(workers, seed: 7);

        fleet.Run(180, load * workers * Full);

        Assert.InRange(fleet.Ceiling, 36, 144);
        Assert.True(fleet.OnTime >= 0.98 * fleet.Asked, $"{fleet.OnTime} of {fleet.Asked} on time.");
        Assert.InRange(fleet.Switches.Count(s => s.At > 60), 0, 6);
    }

    [Fact]
    public void TenfoldStep_IsPlannedForWhenItHasStayed()
    {
        var fleet = new ControlledFleet(workers: 4, seed: 7);
        fleet.Run(30, 0.3 * 4 * Full);
        var (asked, onTime, switches) = (fleet.Asked, fleet.OnTime, fleet.Switches.Count);

        fleet.Run(10, 3 * 4 * Full);

        Assert.InRange(fleet.Switches[switches].At, 32, 33.5); // Until then each worker's own loop bears it.
        Assert.InRange(fleet.Switches.First(s => s.At > 30 && s.Ceiling <= 64).At, 32, 34);
        Assert.True(fleet.OnTime - onTime >= 0.94 * (fleet.Asked - asked), $"{fleet.OnTime - onTime} of {fleet.Asked - asked} on time.");
    }

    [Fact]
    public void ProfileHalfTooFast_IsFoundOutByLateAnswers()
    {
        // Everything takes 1.5 times what the profile says, and nobody corrects it: at 576 tokens load would be 1.2 and not 0.8.
        var fleet = new ControlledFleet(workers: 4, seed: 7, wrongBy: 1.5);

        fleet.Run(180, 0.8 * 4 * Full);

        Assert.Contains(fleet.Switches, s => s.Reason == "latency");
        Assert.True(fleet.Switches.Count(s => s.At > 60) <= 8, $"{fleet.Switches.Count(s => s.At > 60)} switches in two minutes.");
    }
}
