using DeltaEdge.Evaluation.Simulation;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Oracle;

/// <summary>
/// Bounds from above what any policy can reach that knows all arrivals before they come. Engine time gets a price for each moment;
/// every frame then takes, by itself, what gains most at the cheapest moments between its capture and its deadline. By weak duality the
/// sum of those gains, plus what all engine time costs, bounds the optimum at any prices; the prices are moved until it hardly falls.
/// It is generous besides: work may be cut up, moved between workers at no cost, and decoded in full batches, and a frame's questions
/// may have a budget each for one prefix. True profiles count, their means without noise or drift.
/// </summary>
public static class OfflineOracle
{
    /// <summary>Length of the slots in which the price is constant, seconds.</summary>
    public const double SlotSeconds = 0.05;

    /// <summary>Both bounds. Time grows with frames times rounds: seconds for a hundred thousand frames.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public static OracleBound Bound(Workload workload, SimulationSettings settings, CancellationToken cancellationToken = default)
    {
        settings.Check();
        var asks = workload.Arrivals.Sum(a => (long)workload.Streams[a.Stream].Kinds.Length);
        if (asks == 0)
        {
            return new(0, 0);
        }

        var slots = new SlotGrid(workload, settings.Workers, SlotSeconds);
        return new(
            Best(workload, settings, slots, correctness: true, cancellationToken) / asks,
            Best(workload, settings, slots, correctness: false, cancellationToken) / asks);
    }

    private static double Best(Workload workload, SimulationSettings settings, SlotGrid slots, bool correctness, CancellationToken cancellationToken)
    {
        var choices = new FrameChoices(settings, correctness);
        return new PriceSearch(new PricedFrames(workload, choices, slots), slots).Minimise(cancellationToken);
    }
}
