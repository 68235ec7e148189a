using System.Diagnostics.Metrics;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Delivery.Pumping;
using DeltaEdge.Telemetry;

namespace DeltaEdge.Delivery.Metrics;

/// <summary>Gauges of what waits for targets, by their kind, read when somebody looks.</summary>
internal sealed class PendingMetrics
{
    public PendingMetrics(IMeterFactory factory, TargetPumps pumps, TimeProvider time)
    {
        var meter = factory.Create(InstrumentNames.Meter);
        meter.CreateObservableGauge(InstrumentNames.SinkPending, () => Each(pumps, all => (double)all.Sum(p => p.Outbox.Count)), "{message}", "Messages that wait for targets.");
        meter.CreateObservableGauge(
            InstrumentNames.SinkOldestPendingSeconds,
            () => Each(pumps, all => all.Max(p => p.Outbox.Oldest is { } oldest ? (time.GetUtcNow() - oldest).TotalSeconds : (double?)0) ?? 0),
            "s", "Age of the oldest message that waits.");
        meter.CreateObservableGauge(
            InstrumentNames.OutboxMemoryMessages, () => pumps.All.Sum(p => p.Outbox.CountInMemory), "{message}",
            "Messages that a crash would lose, because the outbox's disk cannot be written.");
    }

    private static IEnumerable<Measurement<double>> Each(TargetPumps pumps, Func<IReadOnlyCollection<TargetPump>, double> value) =>
        SinkKinds.All.Select(kind => new Measurement<double>(value([.. pumps.All.Where(p => p.Target.Type == kind)]), new KeyValuePair<string, object?>(TagNames.Sink, kind)));
}
