using System.Collections.Immutable;
using DeltaEdge.Evaluation.Runs;

namespace DeltaEdge.Evaluation.Statistics;

/// <summary>Turns a run into its numbers. What each number means stands at <see cref="RunSummary"/>.</summary>
public static class Summarizer
{
    /// <param name="run">A whole run.</param>
    /// <param name="bestAccuracy">The accuracy that <see cref="RunSummary.MaxAccuracyDrop"/> falls from, 0 to 1; Proteus uses 1.</param>
    public static RunSummary Summarize(PolicyRun run, double bestAccuracy = 1)
    {
        var total = new Tally();
        var ends = new int[Enum.GetValues<AskEndKind>().Length];
        foreach (ref readonly var ask in run.Asks.AsSpan())
        {
            total.Add(ask);
            ends[(int)ask.End]++;
        }

        var timeline = new Timeline(run);
        var streams = new StreamFigures(run);
        return new()
        {
            Policy = run.Policy,
            Workload = run.Workload.Name,
            Seed = run.Workload.Seed,
            Asks = run.Asks.Length,
            Gated = ends[(int)AskEndKind.Gated],
            Attainment = total.Attainment,
            MeanServingAccuracy = total.Accuracy,
            EffectiveAccuracy = total.ExpectedAccuracy,
            MaxAccuracyDrop = bestAccuracy - timeline.LeastExpectedAccuracy(),
            UsefulAnswers = total.UsefulShare,
            WeightedUseful = streams.WeightedUseful(),
            Latency = Latencies(run.Asks),
            WorstTenSeconds = timeline.WorstTenSeconds(),
            RecoverySeconds = timeline.Recovery(),
            OnsetP95Seconds = OnsetP95(run),
            SwitchesPerMinute = streams.SwitchesPerMinute(),
            FairnessStreams = streams.FairnessOfStreams(),
            FairnessClasses = streams.FairnessOfClasses(),
            FloorViolations = streams.FloorViolations(),
            MeanBudget = total.MeanBudget,
            Ends = [.. ends.Select((count, i) => new EndCount((AskEndKind)i, count))],
            AgeOfInformationSeconds = streams.AgeOfInformation(),
            Seconds = timeline.Points(),
        };
    }

    private static double? OnsetP95(PolicyRun run)
    {
        const double Length = 2;
        return run.Workload.StepAtSeconds is { } step ? Latencies(run.Asks.Where(a => a.DueSeconds >= step && a.DueSeconds < step + Length)).P95 : null;
    }

    private static LatencyPercentiles Latencies(IEnumerable<AskRecord> asks)
    {
        double[] sorted = [.. asks.Where(a => Tally.IsAnswered(a)).Select(a => a.LatencySeconds).Order()];
        return new(
            Percentile.NearestRank(sorted, 0.5),
            Percentile.NearestRank(sorted, 0.95),
            Percentile.NearestRank(sorted, 0.99),
            Percentile.NearestRank(sorted, 0.999));
    }
}
