using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Oracle;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Simulation;
using DeltaEdge.Evaluation.Simulation.Profiles;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.UnitTests.Evaluation.Simulation;

/// <summary>Small fleets and what is asked of them.</summary>
internal static class Fleets
{
    /// <summary>10 ms for a short answer to a fresh frame at 576 tokens: 4 encode, 4 prefix, 1 question, 1 decode step.</summary>
    public static LatencyProfile TenMilliseconds { get; } = new()
    {
        Ladder = TokenLadder.Default,
        FrameSeconds = 0.004,
        PrefixSeconds = [0.004, 0.003, 0.0025, 0.002, 0.0015, 0.001, 0.0005],
        QuestionSeconds = 0.001,
        DecodeStepSeconds = [0.001],
    };

    /// <summary>More tokens are better for every kind.</summary>
    public static AccuracyProfile Rising { get; } = new(
        TokenLadder.Default,
        new Dictionary<QuestionKind, ImmutableArray<double>>
        {
            [QuestionKind.YesNo] = [0.95, 0.93, 0.91, 0.89, 0.85, 0.75, 0.60],
            [QuestionKind.Count] = [0.80, 0.75, 0.70, 0.66, 0.60, 0.50, 0.40],
            [QuestionKind.Read] = [0.90, 0.80, 0.60, 0.45, 0.30, 0.10, 0.05],
        },
        "a test's");

    public static SimulationSettings Of(string policy, LatencyProfile? profile = null, int workers = 1) => new()
    {
        Policy = SimulationSettings.PolicyNamed(policy, TokenLadder.Default),
        Profile = profile ?? TenMilliseconds,
        Accuracy = Rising,
        Workers = workers,
    };

    public static PolicyRun Run(Workload workload, SimulationSettings settings) =>
        FleetSimulation.Run(workload, settings, TestContext.Current.CancellationToken);

    public static OracleBound Bound(Workload workload, SimulationSettings settings) =>
        OfflineOracle.Bound(workload, settings, TestContext.Current.CancellationToken);

    public static SimulationSettings Nano(string policy, int workers = 2) => Of(policy, NanoProfile.Latency, workers) with { Accuracy = NanoProfile.Accuracy };

    public static CameraShape Stream(int index, double deadlineSeconds = 0.5, BudgetRange? range = null, params ReadOnlySpan<QuestionKind> kinds) => new()
    {
        Id = $"stream-{index}",
        SlaClass = "default",
        DeadlineSeconds = deadlineSeconds,
        Range = range ?? BudgetRange.Whole(TokenLadder.Default),
        Kinds = kinds.IsEmpty ? [QuestionKind.YesNo] : [.. kinds],
    };

    public static Workload Asked(IEnumerable<CameraShape> streams, IEnumerable<FrameArrival> arrivals, double seconds = 10) => new()
    {
        Name = "test",
        Description = "A test's.",
        Seed = 1,
        DurationSeconds = seconds,
        Streams = [.. streams],
        Arrivals = [.. arrivals.OrderBy(a => a.AtSeconds)],
    };

    public static WorkloadSettings NanoLoad(double seconds = 20, int workers = 2, int seed = 1) => new()
    {
        CapacityPerSecond = workers / NanoProfile.Latency.PredictGroup(0, frameCached: false, questions: 1, answerTokens: 1),
        DurationSeconds = seconds,
        Workers = workers,
        Seed = seed,
    };

    /// <summary>Every policy's name; all that there will ever be.</summary>
    public static TheoryData<string> Policies() => [.. ServingPolicies.Names(TokenLadder.Default)];
}
