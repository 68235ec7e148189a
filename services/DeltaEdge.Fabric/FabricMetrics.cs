using System.Diagnostics.Metrics;
using DeltaEdge.Fabric.Workers;
using DeltaEdge.Telemetry;

namespace DeltaEdge.Fabric;

/// <summary>How well this process knows the others, as metrics.</summary>
internal sealed class FabricMetrics
{
    public FabricMetrics(IMeterFactory factory, ISharedState state, IWorkerRegistry workers)
    {
        var meter = factory.Create(InstrumentNames.Meter);
        meter.CreateObservableGauge(InstrumentNames.SharedStateAgeSeconds, () => state.Age.TotalSeconds, "s", "Time since shared state was last read; rises while the store is out of reach.");
        meter.CreateObservableGauge(InstrumentNames.SharedStateWorkers, () => workers.Live.Length, "{worker}", "Workers heard of within their time to live.");
    }
}
