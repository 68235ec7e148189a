using System.Diagnostics.Metrics;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Telemetry;

namespace DeltaEdge.Inference.Engine;

/// <summary>
/// What is read of engines when somebody looks: of the newest one. An instrument lives as long as its meter and keeps alive what it
/// reads, so there is one set for all engines that follow each other in a process.
/// </summary>
internal sealed class EngineGauges
{
    private readonly long[] _builds = new long[2]; // before and after the engine was ready
    private volatile IVisionEngine? _engine;

    public EngineGauges(IMeterFactory meters)
    {
        var meter = meters.Create(InstrumentNames.Meter);

        // Observed, not added to: most are built before anybody listens.
        meter.CreateObservableCounter(
            InstrumentNames.EngineBuildsTotal, () => new[] { Builds(0, "start"), Builds(1, "serving") }, "{graph}", "Graphs built for an execution provider, before their engine was ready and after; none after.");
        meter.CreateObservableGauge(InstrumentNames.QueueDepth, () => _engine?.Status.QueueDepth ?? 0, "{ask}", "Asks that wait for the engine.");
        meter.CreateObservableGauge(InstrumentNames.ProfileErrorRatio, () => _engine?.Profile.Correction ?? 1, "1", "Observed over profiled seconds, smoothed; 1 when the profile is right.");
    }

    /// <summary>Counts a graph.</summary>
    /// <param name="isReady">Whether the engine that built it had said that it was ready.</param>
    public void Built(bool isReady) => Interlocked.Increment(ref _builds[isReady ? 1 : 0]);

    public void Observe(IVisionEngine engine) => _engine = engine;

    private Measurement<long> Builds(int index, string phase) => new(Volatile.Read(ref _builds[index]), new KeyValuePair<string, object?>(TagNames.Phase, phase));
}
