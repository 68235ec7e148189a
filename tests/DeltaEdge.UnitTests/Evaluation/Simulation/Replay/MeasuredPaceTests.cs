using DeltaEdge.Core.Profiles;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Simulation.Replay;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.UnitTests.Evaluation.Simulation.Replay;

public sealed class MeasuredPaceTests
{
    [Fact]
    public void SpeedChanges_IsFollowedBySlot()
    {
        var pace = new MeasuredPace([Sample(0), Sample(1, 1, 1), Sample(2, 2, 3), Sample(3, 2, 3)]);

        Assert.Equal(1.5, pace.Prefill, 1e-9);
        Assert.Equal(1, pace.SpeedAt(0.5) * pace.Prefill, 1e-9);
        Assert.Equal(2, pace.SpeedAt(1.5) * pace.Prefill, 1e-9);
        Assert.Equal(pace.SpeedAt(1.5), pace.SpeedAt(2.5)); // Nothing was done in between.
        Assert.Equal(pace.SpeedAt(2.5), pace.SpeedAt(60));
    }

    [Fact]
    public void OneStageIsOff_OnlyThatOneIsCorrected()
    {
        var steps = new EngineSteps(Steps(1, 1), Steps(1, 2), Steps(1, 0.5));
        var pace = new MeasuredPace([Sample(0), new(1, 1, steps, 0, 0)]);

        var truth = pace.Truth(Fleets.TenMilliseconds);

        Assert.Equal(Fleets.TenMilliseconds.FrameSeconds, truth.FrameSeconds, 1e-12);
        Assert.Equal(2 * Fleets.TenMilliseconds.PrefixSeconds[0], truth.PrefixSeconds[0], 1e-12);
        Assert.Equal(0.5 * Fleets.TenMilliseconds.DecodeStepSeconds[0], truth.DecodeStepSeconds[0], 1e-12);
        Assert.Equal(1, pace.SpeedAt(0.5), 1e-9);
    }

    [Fact]
    public void StepsSpread_IsTheirNoise()
    {
        var even = default(StepTotals).With(1, 1).With(1, 1);
        var uneven = default(StepTotals).With(1, 0.9).With(1, 1.1);

        Assert.Equal(0, new MeasuredPace([Sample(0), new(1, 1, new(even, default, default), 0, 0)]).Noise, 1e-9);
        Assert.Equal(Math.Sqrt(0.02), new MeasuredPace([Sample(0), new(1, 1, new(uneven, default, default), 0, 0)]).Noise, 0.002);
    }

    [Fact]
    public void OneReading_IsRefused() => Assert.Throws<ArgumentException>(() => new MeasuredPace([Sample(0)]));

    [Fact]
    public void SlowMachine_EngineTakesLonger_AndWhoWaitedBeforeTheDoorHasLessLeft()
    {
        var workload = Fleets.Asked([Fleets.Stream(0)], [new FrameArrival(1, 0, 0), new FrameArrival(3, 0, 0)]);
        var pace = new MeasuredPace([Sample(0), new(2, 1, Prefills(1, 1), 1, 0.1), new(4, 1, Prefills(2, 3), 2, 0.1)]);

        var run = Fleets.Run(workload, Fleets.Of("fixed-576") with { Pace = pace });

        Assert.Equal([AskEndKind.OnTime, AskEndKind.OnTime], run.Asks.Select(a => a.End));
        Assert.Equal(0.1 + (0.010 * pace.SpeedAt(1)), run.Asks[0].LatencySeconds, 1e-6);
        Assert.Equal(0.010 * pace.SpeedAt(3), run.Asks[1].LatencySeconds, 1e-6);
        Assert.Equal(2, pace.SpeedAt(3) / pace.SpeedAt(1), 1e-9);
    }

    private static PaceSample Sample(double at, double predicted = 0, double observed = 0) => new(at, 1, Prefills(predicted, observed), 0, 0);

    private static EngineSteps Prefills(double predicted, double observed) => new(default, Steps(predicted, observed), default);

    private static StepTotals Steps(double predicted, double observed) => new(1, predicted, observed, 0);
}
