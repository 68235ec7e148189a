using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace DeltaEdge.ComponentTests.Inference;

/// <summary>A meter factory whose counters and observed instruments a test can read.</summary>
internal sealed class CollectedMetrics : IMeterFactory
{
    private readonly ConcurrentDictionary<string, long> _sums = new();
    private readonly ConcurrentDictionary<(string Name, string Label), long> _observed = new();
    private readonly List<Meter> _meters = [];
    private readonly MeterListener _listener = new();

    public CollectedMetrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_meters.Contains(instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (instrument.IsObservable)
            {
                _observed[(instrument.Name, tags.Length == 0 ? "" : $"{tags[0].Value}")] = value;
            }
            else
            {
                _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
            }
        });
        _listener.Start();
    }

    public long Sum(string counter) => _sums.GetValueOrDefault(counter);

    /// <summary>What an observed instrument says now under a value of its first label.</summary>
    public long Read(string instrument, string label)
    {
        _listener.RecordObservableInstruments();
        return _observed.GetValueOrDefault((instrument, label));
    }

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.ForEach(m => m.Dispose());
    }
}
