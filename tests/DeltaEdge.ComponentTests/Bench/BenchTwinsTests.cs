using System.Collections.Immutable;
using DeltaEdge.Cli.Bench;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Simulation.Profiles;
using DeltaEdge.Evaluation.Simulation.Replay;

namespace DeltaEdge.ComponentTests.Bench;

/// <summary>Two policies whose runs met a machine of different speeds: each has a twin at its own, and both are compared at the first one's.</summary>
public sealed class BenchTwinsTests
{
    private const string Status = """
        {"workers":[{"profile":{"ladder":[576,144,64,36,16,4,1],"frame_seconds":0.02,"prefix_seconds":[0.05,0.02,0.01,0.008,0.006,0.005,0.004],
        "question_seconds":0.002,"decode_step_seconds":[0.002]}}]}
        """;

    private readonly BenchTwins _twins = new(NanoProfile.Accuracy, NanoProfile.TrueAccuracy, Samples.Frames);

    [Fact]
    public void SlowerRun_IsLateAtItsOwnPaceAndOnTimeAtTheFirst()
    {
        _twins.Add(Run("fixed-36"), Status, Pace(speed: 1));
        _twins.Add(Run("fixed-16"), Status, Pace(speed: 20));

        Assert.Equal([1, 0], _twins.Pairs.Select(p => p.Twin.Attainment));
        Assert.Equal(
            ["fixed-36 100.0 36.0", "fixed-16 100.0 16.0"],
            _twins.AlikeTable().Rows.Select(row => $"{row[1].Text} {row[3].Text} {row[4].Text}"));
    }

    [Fact]
    public void Answers_AreGradedByTheTruth_NotByWhatIsPlannedWith()
    {
        var ladder = NanoProfile.Latency.Ladder;
        var alwaysWrong = new AccuracyProfile(ladder, new Dictionary<QuestionKind, ImmutableArray<double>> { [QuestionKind.YesNo] = [.. new double[ladder.Count]] }, "test");
        var twins = new BenchTwins(NanoProfile.Accuracy, alwaysWrong, Samples.Frames);

        twins.Add(Run("fixed-36"), Status, Pace(speed: 1));

        var twin = Assert.Single(twins.Pairs).Twin;
        Assert.Equal((1, 0), (twin.Attainment, twin.UsefulAnswers));
        Assert.Equal("0.0", Assert.Single(twins.AlikeTable().Rows)[2].Text);
    }

    [Fact]
    public void PolicyThatNoSimulationKnows_HasNoTwin()
    {
        _twins.Add(Run("deltaedge-no-probes"), Status, Pace(speed: 1));

        Assert.Empty(_twins.Pairs);
        Assert.Empty(_twins.AlikeTable().Rows);
    }

    private static PolicyRun Run(string policy) => new()
    {
        Policy = policy,
        Workload = Samples.Workload((0.1, [QuestionKind.YesNo]), (0.7, [QuestionKind.Count])),
        Asks = [],
    };

    private static RunPace Pace(double speed)
    {
        var steps = new StepTotals(100, Predicted: 1, Observed: speed, Squares: speed * speed);
        return new(
            [new PaceSample(0, 1, default, 0, 0), new PaceSample(2, 1, new EngineSteps(steps, steps, steps), 2, 0.002)],
            FrameCapacity: 64,
            [.. Enumerable.Repeat(1, Enum.GetValues<QuestionKind>().Length)]);
    }
}
