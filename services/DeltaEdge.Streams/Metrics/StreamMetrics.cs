using System.Diagnostics.Metrics;
using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.Streams.Registry;
using DeltaEdge.Telemetry;

namespace DeltaEdge.Streams.Metrics;

/// <summary>Gauges of the streams, read from them when somebody looks.</summary>
internal sealed class StreamMetrics(IMeterFactory factory, StreamRegistry registry)
{
    private Meter? _meter;

    public void Start()
    {
        if (_meter is not null)
        {
            return;
        }

        // The factory owns the meter.
        _meter = factory.Create(InstrumentNames.Meter);
        _meter.CreateObservableGauge(InstrumentNames.StreamState, States, null, "1 for the state the stream is in.");
        _meter.CreateObservableCounter(InstrumentNames.StreamReconnectsTotal, () => All(c => c.Reconnects), null, "Times the source was opened again.");
        _meter.CreateObservableGauge(InstrumentNames.StreamLastFrameAgeSeconds, Ages, "s", "Time since the newest frame was captured.");
        _meter.CreateObservableGauge(InstrumentNames.StreamFps, Rates, null, "Frames per second that arrive and that are asked about.");
    }

    private IEnumerable<Measurement<int>> States()
    {
        foreach (var camera in registry.All)
        {
            var current = camera.State;
            foreach (var state in Enum.GetValues<StreamState>())
            {
                yield return new Measurement<int>(state == current ? 1 : 0, Stream(camera), new(TagNames.State, state.Name()));
            }
        }
    }

    private IEnumerable<Measurement<double>> Ages()
    {
        foreach (var camera in registry.All)
        {
            if (camera.LastFrameAge is { } age)
            {
                yield return new Measurement<double>(age.TotalSeconds, Stream(camera));
            }
        }
    }

    private IEnumerable<Measurement<double>> Rates()
    {
        foreach (var camera in registry.All)
        {
            var rates = camera.Rates;
            yield return new Measurement<double>(rates.Source, Stream(camera), new(TagNames.Kind, "source"));
            yield return new Measurement<double>(rates.Processed, Stream(camera), new(TagNames.Kind, "processed"));
        }
    }

    private IEnumerable<Measurement<long>> All(Func<Camera, long> value)
    {
        foreach (var camera in registry.All)
        {
            yield return new Measurement<long>(value(camera), Stream(camera));
        }
    }

    private static KeyValuePair<string, object?> Stream(Camera camera) => new(TagNames.Stream, camera.Spec.Id);
}
