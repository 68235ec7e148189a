using System.Diagnostics.Metrics;
using DeltaEdge.Telemetry;

namespace DeltaEdge.Streams.Metrics;

/// <summary>What did not reach its stream's log. Without the stream's id: a counter keeps a series for every one that ever was.</summary>
public sealed class LogMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _dropped = meters.Create(InstrumentNames.Meter).CreateCounter<long>(
        InstrumentNames.AnswerLogDroppedTotal, "{entry}", "Answers and events that were dropped because shared state was out of reach for too long.");

    public void Dropped() => _dropped.Add(1);
}
