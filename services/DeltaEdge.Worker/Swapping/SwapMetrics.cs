using System.Diagnostics.Metrics;
using DeltaEdge.Telemetry;

namespace DeltaEdge.Worker.Swapping;

/// <summary>What became of swaps.</summary>
internal sealed class SwapMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _swaps = meters.Create(InstrumentNames.Meter).CreateCounter<long>(InstrumentNames.ModelSwapsTotal, "{swap}", "Swaps of the model by how they ended.");

    /// <param name="outcome">done or failed.</param>
    public void Ended(string outcome) => _swaps.Add(1, new KeyValuePair<string, object?>(TagNames.Outcome, outcome));
}
