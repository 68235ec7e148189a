using System.Collections.Immutable;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.Evaluation.Simulation;

/// <summary>What a simulation can compare: every serving policy, and DeltaEdge with one part left out. A name and the settings that make it so.</summary>
public static class SimulationVariants
{
    private static readonly ImmutableArray<(string Name, Func<SimulationSettings, SimulationSettings> Apply)> Table =
    [
        ("deltaedge-no-slow-loop", settings => settings with { Controller = false }),
        ("deltaedge-no-fast-loop", settings => settings with { Policy = Named(MarginalPolicy.NoFastLoopName, settings) }),
        ("deltaedge-no-yield", settings => settings with { Policy = Named(MarginalPolicy.NoYieldName, settings) }),
        ("deltaedge-no-hysteresis", settings => settings with { ControllerOptions = settings.ControllerOptions with { ConfirmHoldMs = 0, UpHoldMs = 0, DownHoldMs = 0 } }),
        ("deltaedge-fifo", settings => settings with { Scheduler = settings.Scheduler with { Order = QueueOrder.Fifo } }),
        ("deltaedge-no-floors", settings => settings with { MaxLoss = 0 }),
        ("deltaedge-no-weights", WithoutWeights),
        ("deltaedge-one-curve", WithOneCurve),
        ("deltaedge-period-1s", settings => WithPeriod(settings, 1000)),
        ("deltaedge-period-4s", settings => WithPeriod(settings, 4000)),
    ];

    /// <summary>
    /// DeltaEdge without its slow loop, fast loop, giving way by worth, hysteresis, order by deadline, question kinds' own floors, SLA classes'
    /// weights, or question kinds' own curves; and with a slow loop that is four and sixteen times as slow.
    /// </summary>
    public static ImmutableArray<string> Ablations { get; } = [.. Table.Select(variant => variant.Name)];

    /// <summary>Those settings made into the variant's or the policy's, under its name; null if there is none such.</summary>
    public static SimulationSettings? Find(string name, SimulationSettings settings)
    {
        foreach (var (variant, apply) in Table)
        {
            if (variant == name)
            {
                return apply(settings with { Policy = Named(MarginalPolicy.PolicyName, settings), Name = name });
            }
        }

        return ServingPolicies.Find(name, settings.Ladder) is null ? null : settings with { Policy = Named(name, settings), Name = name };
    }

    private static Func<IServingPolicy> Named(string policy, SimulationSettings settings) => SimulationSettings.PolicyNamed(policy, settings.Ladder);

    /// <summary>An answer is an answer whoever asked, which is what useful answers count.</summary>
    private static SimulationSettings WithoutWeights(SimulationSettings settings)
    {
        var even = new SlaCatalog(settings.Catalog.Classes.Select(sla => sla with { Weight = 1 }));
        return settings with { Catalog = even, Scheduler = settings.Scheduler with { Classes = even } };
    }

    /// <summary>
    /// Every kind of question is believed to gain by tokens as their mean does, known as well as that of all their questions together: neither
    /// budgets nor floors depend on what is asked, but for the length of answers. Answers are as they are.
    /// </summary>
    private static SimulationSettings WithOneCurve(SimulationSettings settings)
    {
        var kinds = Enum.GetValues<QuestionKind>();
        ImmutableArray<double> mean = [.. settings.Ladder.Budgets.Select(budget => kinds.Average(kind => settings.Accuracy.Expected(budget, kind)))];
        var asked = (int)kinds.Sum(kind => Asked(settings, kind));
        return settings with
        {
            Accuracy = new AccuracyProfile(settings.Ladder, kinds.ToDictionary(kind => kind, _ => mean), settings.Accuracy.Basis, kinds.ToDictionary(kind => kind, _ => asked)),
            TrueAccuracy = settings.TrueAccuracy ?? settings.Accuracy,
        };
    }

    /// <summary>Questions that a kind's curve was measured on, from its standard error; 0 of one that is taken to be exact.</summary>
    private static double Asked(SimulationSettings settings, QuestionKind kind)
    {
        var (best, error) = (settings.Ladder.Budgets.Max(budget => settings.Accuracy.Expected(budget, kind)), settings.Accuracy.StandardError(kind));
        return error > 0 ? Math.Round(best * (1 - best) / (error * error)) : 0;
    }

    private static SimulationSettings WithPeriod(SimulationSettings settings, int ms) =>
        settings with { ControllerOptions = settings.ControllerOptions with { PeriodMs = ms, PlanTtlMs = Math.Max(settings.ControllerOptions.PlanTtlMs, 3 * ms) } };
}
