using System.Collections.Immutable;
using System.Globalization;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Figures;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Statistics;

namespace DeltaEdge.Evaluation.Reports;

/// <summary>The comparison of policies over workloads, from runs that are pairs: the tables and figures 1 to 5, 7 and 8 of the protocol.</summary>
/// <param name="own">The policy that the others are held against.</param>
/// <param name="ladder">Budgets of the model.</param>
public sealed class ComparisonReport(string own, TokenLadder ladder)
{
    private const double PromisedAttainment = 0.99;

    /// <summary>Share of the best mean accuracy in the sweep that a load must still have to count as carried: late is not the only way to fail.</summary>
    private const double PromisedAccuracy = 0.95;

    /// <summary>Fewest answers that a point of the audit needs.</summary>
    private const int FewestAudited = 20;

    private readonly List<PolicyRun> _runs = [];
    private readonly List<RunSummary> _summaries = [];
    private readonly List<RunSummary> _bounds = [];

    public IReadOnlyList<PolicyRun> Runs => _runs;

    public IReadOnlyList<RunSummary> Summaries => _summaries;

    public void Add(PolicyRun run)
    {
        _runs.Add(run);
        _summaries.Add(Summarizer.Summarize(run));
    }

    /// <summary>Adds an upper bound; it stands in tables and figures, and competes with nobody.</summary>
    public void AddBound(RunSummary bound) => _bounds.Add(bound);

    /// <summary>Our policy against each other one, workload by workload, over all seeds that both have run.</summary>
    public ImmutableArray<Comparison> Comparisons()
    {
        var comparisons = ImmutableArray.CreateBuilder<Comparison>();
        foreach (var workload in _runs.GroupBy(r => r.Workload.Name))
        {
            var ours = workload.Where(r => r.Policy == own).ToDictionary(r => r.Workload.Seed);
            foreach (var policy in workload.Where(r => r.Policy != own).GroupBy(r => r.Policy))
            {
                var theirs = policy.Where(r => ours.ContainsKey(r.Workload.Seed)).ToList();
                if (theirs.Count > 0)
                {
                    comparisons.Add(PairedBootstrap.Compare([.. theirs.Select(r => ours[r.Workload.Seed])], theirs));
                }
            }
        }

        return comparisons.ToImmutable();
    }

    /// <summary>Sections of the report, each with its tables and drawings; a drawing's name is its file name without extension.</summary>
    public ImmutableArray<(HtmlSection Section, ImmutableArray<string> Names)> Sections()
    {
        var all = _summaries.Concat(_bounds).ToList();
        var sections = ImmutableArray.CreateBuilder<(HtmlSection, ImmutableArray<string>)>();
        sections.Add((new HtmlSection
        {
            Heading = "Useful answers",
            Text = "On time and correct, of all that arrived. The best of each workload is bold; a bound does not compete.",
            Tables = [ReportTables.UsefulMatrix("Useful answers, %", all), ReportTables.Matrix("SLO attainment, %", all, r => r.Attainment)],
            Drawings = [PlaneFigure.Draw("Attainment and accuracy", Planes())],
        }, ["plane"]));
        if (all.Where(HasWeights).ToList() is { Count: > 0 } weighted)
        {
            sections.Add((new HtmlSection
            {
                Heading = "Useful answers by weight",
                Text = "The same with each ask counted by the weight of its class, where classes have different ones. DeltaEdge plans for this; its bound is of an oracle that does, too.",
                Tables = [ReportTables.Matrix("Useful answers by class weight, %", weighted, r => r.WeightedUseful)],
            }, []));
        }

        if (Comparisons() is { IsEmpty: false } comparisons)
        {
            sections.Add((new HtmlSection
            {
                Heading = $"{own} against each other policy",
                Text = "Difference in useful answers on the same arrivals and frames, with 95 % intervals of a paired block bootstrap over all seeds.",
                Tables = [ReportTables.Comparisons("Useful answers, difference in points", comparisons)],
            }, []));
        }

        if (ByLoad() is var sweep && sweep.Select(p => p.Rho).Distinct().Count() > 1)
        {
            sections.Add((new HtmlSection
            {
                Heading = "By load",
                Drawings = [UsefulByLoadFigure.Draw("Useful answers by load", sweep), CapacityFigure.Draw("Most load carried", "load ρ", "attainment at least 99 %, accuracy at least 95 % of the best", MostLoad())],
            }, ["useful-by-load", "capacity"]));
        }

        AddTimelines(sections);
        AddAblation(sections);
        sections.Add((new HtmlSection
        {
            Heading = "Expected and true accuracy",
            Text = "What the answers said of themselves, against the truth.",
            Drawings = [AccuracyAuditFigure.Draw($"Answers of {own}", Audit())],
        }, ["audit"]));
        sections.AddRange(all.GroupBy(s => s.Workload).Select(w => (new HtmlSection { Heading = w.Key, Text = DescriptionOf(w.Key), Tables = [ReportTables.Summary(w.Key, w)] }, ImmutableArray<string>.Empty)));
        return sections.ToImmutable();
    }

    private bool HasWeights(RunSummary run) => _runs.First(r => r.Workload.Name == run.Workload).Workload.Streams.Select(s => s.Weight).Distinct().Count() > 1;

    private string DescriptionOf(string workload) => _runs.First(r => r.Workload.Name == workload).Workload.Description;

    private List<PlanePanel> Planes() =>
    [
        .. _summaries.Where(s => !IsVariant(s.Policy)).GroupBy(s => s.Workload).Select(w => new PlanePanel(w.Key, [.. w.GroupBy(s => s.Policy)
            .Select(p => new PlanePoint(p.Key, p.Average(s => s.Attainment), p.Average(s => s.MeanServingAccuracy)))])),
    ];

    private List<LoadPoint> ByLoad() =>
    [
        .. _summaries.Concat(_bounds).Where(s => !IsVariant(s.Policy)).Select(s => (Summary: s, Rho: RhoOf(s.Workload))).Where(s => s.Rho is not null)
            .GroupBy(s => (s.Summary.Policy, s.Rho)).Select(g => new LoadPoint(g.Key.Policy, g.Key.Rho!.Value, g.Average(s => s.Summary.UsefulAnswers))),
    ];

    private List<Bar> MostLoad()
    {
        var sweep = _summaries.Where(s => !IsVariant(s.Policy) && RhoOf(s.Workload) is not null).GroupBy(s => s.Policy)
            .Select(policy => (Policy: policy.Key, Loads: policy.GroupBy(s => RhoOf(s.Workload)!.Value).OrderBy(g => g.Key).ToList())).ToList();
        var least = PromisedAccuracy * sweep.SelectMany(p => p.Loads).Select(Accuracy).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return
        [
            .. sweep.Select(p => new Bar(p.Policy, p.Loads
                .TakeWhile(g => g.Average(s => s.Attainment) >= PromisedAttainment && Accuracy(g) >= least).Select(g => g.Key).DefaultIfEmpty(0).Last())),
        ];

        static double Accuracy(IEnumerable<RunSummary> runs) => runs.Average(s => s.MeanServingAccuracy);
    }

    private void AddTimelines(ImmutableArray<(HtmlSection, ImmutableArray<string>)>.Builder sections)
    {
        foreach (var steps in _runs.Where(r => r.Workload.StepAtSeconds is not null || !r.Workload.Faults.IsEmpty || !r.Workload.Outages.IsEmpty).GroupBy(r => r.Workload.Name))
        {
            var first = steps.Where(r => r.Workload.Seed == steps.Min(s => s.Workload.Seed) && !IsVariant(r.Policy)).ToList();
            if (first.Find(r => r.Policy == own) is not { } ours)
            {
                continue;
            }

            List<TimeMark> marks =
            [
                .. ours.Workload.StepAtSeconds is { } at ? [new TimeMark(at, "step")] : Array.Empty<TimeMark>(),
                .. ours.Workload.Faults.Select(f => new TimeMark(f.AtSeconds, f.Returns ? "back" : "lost")),
                .. ours.Workload.Outages.SelectMany(o => (TimeMark[])[new(o.FromSeconds, "state lost"), new(o.ToSeconds, "state back")]),
            ];
            var sla = ours.Workload.Streams.Max(s => s.DeadlineSeconds);
            sections.Add((new HtmlSection
            {
                Heading = $"{steps.Key}, second by second",
                Drawings =
                [
                    TimelineFigure.Draw($"{own} on {steps.Key}", SummaryOf(ours).Seconds, sla, ladder.Budgets, marks),
                    RecoveryFigure.Draw($"Attainment on {steps.Key}", [.. first.Select(r => new RecoveryLine(r.Policy, [.. SummaryOf(r).Seconds.Select(s => (s.Second, s.Attainment))]))], marks),
                ],
            }, [$"timeline-{steps.Key}", $"recovery-{steps.Key}"]));
        }
    }

    private void AddAblation(ImmutableArray<(HtmlSection, ImmutableArray<string>)>.Builder sections)
    {
        var variants = _summaries.Where(s => IsVariant(s.Policy)).Select(s => s.Policy).Distinct().ToList();
        var workloads = _summaries.Where(s => IsVariant(s.Policy)).Select(s => s.Workload).ToHashSet();
        if (variants.Count == 0)
        {
            return;
        }

        double Mean(string policy) => _summaries.Where(s => s.Policy == policy && workloads.Contains(s.Workload)).Select(s => s.UsefulAnswers).DefaultIfEmpty(double.NaN).Average();
        var whole = Mean(own);
        var differences = Comparisons().Where(c => variants.Contains(c.Baseline)).GroupBy(c => c.Baseline)
            .ToDictionary(g => g.Key, g => (Low: g.Average(c => c.Low), High: g.Average(c => c.High)));
        sections.Add((new HtmlSection
        {
            Heading = "Ablation",
            Text = "Mean useful answers over the workloads that all variants ran. Intervals are those of the difference to the whole, mean over workloads.",
            Drawings =
            [
                AblationFigure.Draw("What each part is worth", new Bar(own, whole), [.. variants.Select(v => differences.TryGetValue(v, out var d)
                    ? new Bar(v, Mean(v), whole - d.High, whole - d.Low)
                    : new Bar(v, Mean(v)))]),
            ],
        }, ["ablation"]));
    }

    private List<AuditPoint> Audit() =>
    [
        .. _runs.Where(r => r.Policy == own).SelectMany(r => r.Asks).Where(a => a.Budget > 0).GroupBy(a => (a.Kind, a.Budget)).Where(g => g.Count() >= FewestAudited)
            .OrderBy(g => g.Key.Kind).ThenByDescending(g => g.Key.Budget).Select(g =>
            {
                var (right, n) = (g.Average(a => a.Correct ? 1d : 0), g.Count());
                var half = 1.96 * Math.Sqrt(Math.Max(right * (1 - right), 0.25 / n) / n);
                return new AuditPoint(g.Key.Kind.Name(), g.Key.Budget, g.Average(a => a.ExpectedAccuracy), right, Math.Max(0, right - half), Math.Min(1, right + half));
            }),
    ];

    private RunSummary SummaryOf(PolicyRun run) => _summaries[_runs.IndexOf(run)];

    private bool IsVariant(string policy) => policy != own && PolicyStyles.IsOwn(policy);

    private static double? RhoOf(string workload) =>
        workload.StartsWith("w1-rho", StringComparison.Ordinal) && double.TryParse(workload.AsSpan(6), CultureInfo.InvariantCulture, out var rho) ? rho : null;
}
