using System.Collections.Immutable;
using System.Globalization;
using DeltaEdge.Evaluation.Figures;
using DeltaEdge.Evaluation.Runs;

namespace DeltaEdge.Evaluation.Reports;

/// <summary>The tables of the evaluation protocol.</summary>
public static class ReportTables
{
    private static readonly ImmutableArray<string> SummaryHeaders =
    [
        "policy", "attainment %", "useful %", "mean serving accuracy %", "effective accuracy %", "max drop, points", "mean budget", "p50 ms", "p95 ms", "p99 ms",
        "worst 10 s %", "recovery s", "step's first 2 s, p95 ms", "switches/min", "fairness streams", "fairness classes", "floor violations",
    ];

    /// <summary>
    /// One row per policy, in order of first appearance. Over several runs (seeds) of a policy: the mean of what is known, but the
    /// largest drop, the worst ten seconds, the longest recovery, and the sum of floor violations.
    /// </summary>
    /// <param name="caption">Of the table.</param>
    /// <param name="runs">Of one workload, or of several that may be averaged.</param>
    public static ReportTable Summary(string caption, IEnumerable<RunSummary> runs) =>
        new(caption, SummaryHeaders, [.. runs.GroupBy(r => r.Policy).Select(SummaryRow)]);

    /// <summary>One row per comparison: difference in percentage points of useful answers, and whether its interval is above zero (win), below (loss), or holds it (tie).</summary>
    public static ReportTable Comparisons(string caption, IEnumerable<Comparison> comparisons) =>
        new(caption, ["workload", "policy", "baseline", "difference, points", "95 % interval", "verdict"], [.. comparisons.Select(ComparisonRow)], TextColumns: 3);

    /// <summary>
    /// Useful answers in percent, policies by workloads, both in order of first appearance, mean over seeds. The best of each workload
    /// is strong, and what prints the same; a bound such as the oracle does not compete.
    /// </summary>
    public static ReportTable UsefulMatrix(string caption, IEnumerable<RunSummary> runs) => Matrix(caption, runs, r => r.UsefulAnswers);

    /// <summary>Like <see cref="UsefulMatrix"/>, of any share of a run where more is better.</summary>
    public static ReportTable Matrix(string caption, IEnumerable<RunSummary> runs, Func<RunSummary, double> share)
    {
        RunSummary[] all = [.. runs];
        string[] workloads = [.. all.Select(r => r.Workload).Distinct()];
        string[] policies = [.. all.Select(r => r.Policy).Distinct()];
        var means = all.GroupBy(r => (r.Policy, r.Workload)).ToDictionary(g => g.Key, g => Numbers.Percent(Mean(g, share)));
        var best = workloads.ToDictionary(w => w, w => policies
            .Where(p => !PolicyStyles.IsBound(p))
            .Select(p => means.GetValueOrDefault((p, w), Numbers.Unknown))
            .Where(t => t != Numbers.Unknown)
            .MaxBy(t => double.Parse(t, CultureInfo.InvariantCulture)));
        return new ReportTable(caption, [.. workloads.Prepend("policy")], [.. policies.Select(Row)]);

        ImmutableArray<ReportCell> Row(string policy) =>
        [
            new ReportCell(policy, PolicyStyles.IsOwn(policy)),
            .. workloads.Select(w => (Text: means.GetValueOrDefault((policy, w), Numbers.Unknown), Best: best[w]))
                .Select(c => new ReportCell(c.Text, c.Text == c.Best && !PolicyStyles.IsBound(policy))),
        ];
    }

    private static ImmutableArray<ReportCell> SummaryRow(IGrouping<string, RunSummary> runs) =>
    [
        new(runs.Key, PolicyStyles.IsOwn(runs.Key)),
        new(Numbers.Percent(Mean(runs, r => r.Attainment), 2)),
        new(Numbers.Percent(Mean(runs, r => r.UsefulAnswers), 2)),
        new(Numbers.Percent(Mean(runs, r => r.MeanServingAccuracy))),
        new(Numbers.Percent(Mean(runs, r => r.EffectiveAccuracy))),
        new(Numbers.Percent(Known(runs, r => r.MaxAccuracyDrop).DefaultIfEmpty(double.NaN).Max())),
        new(Numbers.Fixed(Mean(runs, r => r.MeanBudget), 0)),
        new(Numbers.Milliseconds(Mean(runs, r => r.Latency.P50))),
        new(Numbers.Milliseconds(Mean(runs, r => r.Latency.P95))),
        new(Numbers.Milliseconds(Mean(runs, r => r.Latency.P99))),
        new(Numbers.Percent(Known(runs, r => r.WorstTenSeconds).DefaultIfEmpty(double.NaN).Min())),
        new(Numbers.Fixed(Known(runs, r => r.RecoverySeconds ?? double.NaN).DefaultIfEmpty(double.NaN).Max(), 1)),
        new(Numbers.Milliseconds(Mean(runs, r => r.OnsetP95Seconds ?? double.NaN))),
        new(Numbers.Fixed(Mean(runs, r => r.SwitchesPerMinute), 1)),
        new(Numbers.Fixed(Mean(runs, r => r.FairnessStreams), 3)),
        new(Numbers.Fixed(Mean(runs, r => r.FairnessClasses), 3)),
        new(runs.Sum(r => (long)r.FloorViolations).ToString(CultureInfo.InvariantCulture), runs.Any(r => r.FloorViolations > 0)),
    ];

    private static ImmutableArray<ReportCell> ComparisonRow(Comparison c)
    {
        var verdict = c.Low > 0 ? "win" : c.High < 0 ? "loss" : double.IsFinite(c.Low) && double.IsFinite(c.High) ? "tie" : Numbers.Unknown;
        return
        [
            new(c.Workload), new(c.Policy, PolicyStyles.IsOwn(c.Policy)), new(c.Baseline), new(Numbers.Points(c.Difference)),
            new($"[{Numbers.Points(c.Low)}, {Numbers.Points(c.High)}]"), new(verdict, verdict is "win" or "loss"),
        ];
    }

    private static double Mean(IEnumerable<RunSummary> runs, Func<RunSummary, double> number) =>
        Known(runs, number).DefaultIfEmpty(double.NaN).Average();

    private static IEnumerable<double> Known(IEnumerable<RunSummary> runs, Func<RunSummary, double> number) =>
        runs.Select(number).Where(v => !double.IsNaN(v));
}
