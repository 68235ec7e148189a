using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Evaluation.Reports;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Simulation;
using DeltaEdge.Evaluation.Simulation.Profiles;
using DeltaEdge.Evaluation.Statistics;

namespace DeltaEdge.Cli.Bench;

/// <summary>Every real run beside its simulated twin: the same workload, the profile as the worker held it when the run ended.</summary>
/// <param name="accuracy">Of the model.</param>
internal sealed class BenchTwins(AccuracyProfile accuracy)
{
    private readonly List<(RunSummary Real, RunSummary Twin)> _pairs = [];

    public IReadOnlyList<(RunSummary Real, RunSummary Twin)> Pairs => _pairs;

    /// <summary>Simulates a run's twin, if its policy is one that a simulation knows.</summary>
    /// <param name="run">The real run.</param>
    /// <param name="status">What <c>/v1/status</c> said after it.</param>
    public void Add(PolicyRun run, string status)
    {
        using var json = JsonDocument.Parse(status);
        var profile = json.RootElement.GetProperty("workers")[0].GetProperty("profile");
        var measured = StoredLatency.Parse(profile.GetRawText()) with { Correction = profile.GetProperty("correction").GetDouble() };
        if (ServingPolicies.Find(run.Policy, measured.Ladder) is null)
        {
            return;
        }

        var twin = FleetSimulation.Run(run.Workload, new SimulationSettings
        {
            Policy = SimulationSettings.PolicyNamed(run.Policy, measured.Ladder),
            Profile = measured,
            Accuracy = accuracy,
            Seed = run.Workload.Seed,
            Noise = 0.1,
        });
        _pairs.Add((Summarizer.Summarize(run), Summarizer.Summarize(twin)));
    }

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
