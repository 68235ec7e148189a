using DeltaEdge.Evaluation.Simulation;
using DeltaEdge.Evaluation.Simulation.Fleet;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Oracle;

/// <summary>
/// Bounds from above what any policy can reach that knows all arrivals before they come: a linear program over slots of engine time
/// (<see cref="PlanSolver"/>) gives each moment its price; every frame then takes, by itself, what gains most at the cheapest moments between
/// its capture and its deadline. By weak duality the sum of those gains, plus what all engine time costs, bounds the optimum at any prices, so
/// the bound holds whatever the solver did, and the solver's prices make it tight.
/// It is generous besides: work may be cut up, what clients ask moved between workers at no cost, and decoded in full batches, and a frame's
/// questions may have a budget each for one prefix. Cameras stay at the worker that owns them where all streams are cameras and none is
/// lost; else they too move freely. True profiles count, their means without noise or drift.
/// </summary>
public static class OfflineOracle
{
    /// <summary>Length of the slots in which the price is constant, seconds.</summary>
    public const double SlotSeconds = 0.05;

    /// <summary>The bounds. Seconds for ten thousand frames; the time grows faster than their number. Needs COIN-OR's CLP on the machine.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    /// <exception cref="OracleException">The solver is not installed, or it found no optimum.</exception>
    public static OracleBound Bound(Workload workload, SimulationSettings settings, CancellationToken cancellationToken = default)
    {
        settings.Check();
        var asks = workload.Arrivals.Sum(a => (long)workload.Streams[a.Stream].Kinds.Length);
        if (asks == 0)
        {
            return new(0, 0, 0, 0);
        }

        var weights = workload.Arrivals.Sum(a => workload.Streams[a.Stream].Weight * workload.Streams[a.Stream].Kinds.Length);
        var isWeighted = workload.Streams.Select(s => s.Weight).Distinct().Count() > 1;
        var (useful, weighted, attained, answered) = (0d, 0d, 0d, 0d);
        foreach (var (part, workers) in Parts(workload, settings.Workers))
        {
            var slots = new SlotGrid(part, workers, SlotSeconds);
            var best = Best(part, new FrameChoices(settings, OracleAim.Useful), slots);
            (useful, answered) = (useful + best.Bound, answered + best.Answered);
            cancellationToken.ThrowIfCancellationRequested();
            attained += Best(part, new FrameChoices(settings, OracleAim.OnTime), slots).Bound;
            cancellationToken.ThrowIfCancellationRequested();
            weighted += isWeighted ? Best(part, new FrameChoices(settings, OracleAim.Weighted), slots).Bound : 0;
        }

        return new(useful / asks, isWeighted ? weighted / weights : useful / asks, attained / asks, answered / asks);
    }

    /// <summary>The arrivals that share engines: all of them, or those of each worker's own cameras.</summary>
    private static IEnumerable<(Workload Part, int Workers)> Parts(Workload workload, int workers) =>
        workers == 1 || workload.Faults.Length > 0 || !workload.Streams.All(Placement.HasHome)
            ? [(workload, workers)]
            : workload.Arrivals.GroupBy(a => Placement.Home(a.Stream, workers)).Select(own => (workload with { Arrivals = [.. own] }, 1));

    private static (double Bound, double Answered) Best(Workload workload, FrameChoices choices, SlotGrid slots)
    {
        var plan = new PlanSolver(workload, choices, slots).Solve();
        var bound = new PricedFrames(workload, choices, slots).Gain(plan.Prices);
        for (var slot = 0; slot < plan.Prices.Length; slot++)
        {
            bound += slots.Capacity[slot] * plan.Prices[slot];
        }

        return (bound, plan.Answered);
    }
}
