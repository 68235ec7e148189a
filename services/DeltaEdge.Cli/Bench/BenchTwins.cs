using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Sla;
using DeltaEdge.Evaluation.Reports;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Simulation;
using DeltaEdge.Evaluation.Simulation.Profiles;
using DeltaEdge.Evaluation.Simulation.Replay;
using DeltaEdge.Evaluation.Statistics;

namespace DeltaEdge.Cli.Bench;

/// <summary>
/// Every real run beside its simulated twin: the same workload on an engine that is as fast from moment to moment as the worker's steps
/// were, while scheduler, policy and controller go by what they measure themselves, as they did in the run.
/// </summary>
/// <param name="accuracy">Of the model, as it was planned with.</param>
/// <param name="trueAccuracy">What the twins' answers are graded by: measured on other questions. Null where there is only one.</param>
/// <param name="frames">What the bench shows.</param>
internal sealed class BenchTwins(AccuracyProfile accuracy, AccuracyProfile? trueAccuracy, ImmutableArray<BenchFrame> frames)
{
    private readonly List<(RunSummary Real, RunSummary Twin)> _pairs = [];
    private readonly List<RunSummary> _alike = [];
    private readonly Dictionary<(string Workload, int Seed), (LatencyProfile Profile, RunPace Pace)> _first = [];

    public IReadOnlyList<(RunSummary Real, RunSummary Twin)> Pairs => _pairs;

    /// <summary>
    /// Simulates a run's twin, if its policy is one that a simulation knows, and once more at the pace of the first run that was added of its
    /// workload and seed: a machine that changes its speed is not alike to all policies, and there it is.
    /// </summary>
    /// <param name="run">The real run.</param>
    /// <param name="status">What <c>/v1/status</c> said after it.</param>
    /// <param name="recorded">What its engine measured.</param>
    public void Add(PolicyRun run, string status, RunPace recorded)
    {
        using var json = JsonDocument.Parse(status);
        var measured = StoredLatency.Parse(json.RootElement.GetProperty("workers")[0].GetProperty("profile").GetRawText());
        if (ServingPolicies.Find(run.Policy, measured.Ladder) is null)
        {
            return;
        }

        _pairs.Add((Summarizer.Summarize(run), Simulate(run, measured, recorded)));
        var (profile, pace) = _first.TryAdd((run.Workload.Name, run.Workload.Seed), (measured, recorded)) ? (measured, recorded) : _first[(run.Workload.Name, run.Workload.Seed)];
        _alike.Add(Simulate(run, profile, pace));
    }

    private RunSummary Simulate(PolicyRun run, LatencyProfile measured, RunPace recorded)
    {
        var shown = new BenchContent(frames, run.Workload).Frames;
        var pace = new MeasuredPace(recorded.Samples);
        return Summarizer.Summarize(FleetSimulation.Run(run.Workload, new SimulationSettings
        {
            Policy = SimulationSettings.PolicyNamed(run.Policy, measured.Ladder),
            Profile = measured with { Correction = pace.Correction },
            TrueProfile = pace.Truth(measured),
            Pace = pace,
            AnswerTokens = kind => recorded.AnswerTokens[(int)kind] + 1,
            Scheduler = new(Classes: SlaCatalog.Default),
            CachedFrames = recorded.FrameCapacity,
            FrameOf = arrival => frames.IndexOf(shown[arrival]),
            Accuracy = accuracy,
            TrueAccuracy = trueAccuracy,
            Seed = run.Workload.Seed,
            Noise = pace.Noise,
        }));
    }

    /// <summary>All policies simulated at one pace, useful answers and attainment, means over seeds.</summary>
    public ReportTable AlikeTable() => new(
        "All at the pace of the first policy's run, simulated",
        ["workload", "policy", "useful %", "on time %", "mean budget"],
        [.. _alike.GroupBy(s => (s.Workload, s.Policy)).Select(ImmutableArray<ReportCell> (g) =>
        [
            new(g.Key.Workload),
            new(g.Key.Policy),
            new(Numbers.Percent(g.Average(s => s.UsefulAnswers), 1)),
            new(Numbers.Percent(g.Average(s => s.Attainment), 1)),
            new(Numbers.Fixed(g.Average(s => s.MeanBudget), 1)),
        ])],
        TextColumns: 2);

    /// <summary>Attainment and mean budget, real and simulated, means over seeds.</summary>
    public ReportTable Table() => new(
        "Real and simulated",
        ["workload", "policy", "attainment %, real", "simulated", "difference, points", "mean budget, real", "simulated", "difference %"],
        [.. _pairs.GroupBy(p => (p.Real.Workload, p.Real.Policy)).Select(Row)],
        TextColumns: 2);

    private static ImmutableArray<ReportCell> Row(IGrouping<(string Workload, string Policy), (RunSummary Real, RunSummary Twin)> pairs)
    {
        var (real, twin) = (pairs.Average(p => p.Real.Attainment), pairs.Average(p => p.Twin.Attainment));
        var (realBudget, twinBudget) = (pairs.Average(p => p.Real.MeanBudget), pairs.Average(p => p.Twin.MeanBudget));
        return
        [
            new(pairs.Key.Workload),
            new(pairs.Key.Policy),
            new(Numbers.Percent(real, 2)),
            new(Numbers.Percent(twin, 2)),
            new(Numbers.Points(twin - real)),
            new(Numbers.Fixed(realBudget, 1)),
            new(Numbers.Fixed(twinBudget, 1)),
            new((100 * ((twinBudget / realBudget) - 1)).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture)),
        ];
    }
}
