using DeltaEdge.Evaluation.Runs;

namespace DeltaEdge.UnitTests.Evaluation.Reports;

internal static class Summaries
{
    public static RunSummary Run(string policy, string workload = "w1", int seed = 1, double useful = 0.6) => new()
    {
        Policy = policy,
        Workload = workload,
        Seed = seed,
        Asks = 100,
        Gated = 10,
        Attainment = 0.9912,
        MeanServingAccuracy = 0.7,
        EffectiveAccuracy = 0.71,
        MaxAccuracyDrop = 0.2,
        UsefulAnswers = useful,
        WeightedUseful = useful,
        Latency = new LatencyPercentiles(0.1, 0.2, 0.3004, 0.4),
        WorstTenSeconds = 0.8,
        RecoverySeconds = null,
        OnsetP95Seconds = null,
        SwitchesPerMinute = 12.34,
        FairnessStreams = 0.98,
        FairnessClasses = double.NaN,
        FloorViolations = 0,
        MeanBudget = 77.2,
        Ends = [],
        AgeOfInformationSeconds = 0.4,
        Seconds = [],
    };
}
