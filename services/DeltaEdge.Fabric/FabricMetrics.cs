using System.Diagnostics.Metrics;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Fabric.Workers;
using DeltaEdge.Telemetry;

namespace DeltaEdge.Fabric;

/// <summary>How well this process knows the others, as metrics.</summary>
internal sealed class FabricMetrics
{
    public FabricMetrics(IMeterFactory factory, ISharedState state, IWorkerRegistry workers, IStreamCatalog catalog, IStreamDirectory owners)
    {
        var meter = factory.Create(InstrumentNames.Meter);
        meter.CreateObservableGauge(InstrumentNames.SharedStateAgeSeconds, () => state.Age.TotalSeconds, "s", "Time since shared state was last read; rises while the store is out of reach.");
        meter.CreateObservableGauge(InstrumentNames.SharedStateWorkers, () => workers.Live.Length, "{worker}", "Workers heard of within their time to live.");
        meter.CreateObservableGauge(
            InstrumentNames.StreamsUnassigned, () => catalog.All.Count(s => owners.Find(s.StreamId) is null), "{stream}", "Streams that there shall be and that no worker runs.");
    }
}
