using System.Diagnostics.Metrics;
using DeltaEdge.Telemetry;

namespace DeltaEdge.Streams.Metrics;

/// <summary>What did not reach a stream's log.</summary>
public sealed class LogMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _dropped = meters.Create(InstrumentNames.Meter).CreateCounter<long>(
        InstrumentNames.AnswerLogDroppedTotal, "{entry}", "Answers and events that were dropped because shared state was out of reach for too long.");

    public void Dropped(string streamId) => _dropped.Add(1, new KeyValuePair<string, object?>(TagNames.Stream, streamId));
}
