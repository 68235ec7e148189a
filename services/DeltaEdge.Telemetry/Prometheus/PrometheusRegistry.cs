using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using DeltaEdge.Core.Sla;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Telemetry.Prometheus;

/// <summary>
/// Listens to the meter named <see cref="InstrumentNames.Meter"/> of one container and keeps its sums. A meter's scope is the
/// factory that made it, so several hosts in one process each show their own numbers only.
/// </summary>
public sealed partial class PrometheusRegistry : IDisposable
{
    private const string StreamPrefix = "deltaedge_stream_";

    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly Lock _scrape = new();
    private readonly IMeterFactory _factory;
    private readonly HistogramBuckets _buckets;
    private readonly Counter<long> _overflows;
    private readonly ILogger<PrometheusRegistry> _logger;
    private readonly int _maxSeries;
    private readonly bool _perStream;

    public PrometheusRegistry(IMeterFactory factory, SlaCatalog catalog, IOptions<TelemetryOptions> options, ILogger<PrometheusRegistry> logger)
    {
        (_factory, _buckets, _logger) = (factory, new HistogramBuckets(catalog), logger);
        (_maxSeries, _perStream) = (options.Value.MaxSeriesPerInstrument, options.Value.PerStream);
        _overflows = factory.Create(InstrumentNames.Meter).CreateCounter<long>(
            InstrumentNames.MetricsOverflowTotal, "{measurement}", "Measurements whose labels were lost because their instrument has too many series.");
        _listener.InstrumentPublished = Listen;
        ListenTo<byte>(static v => v);
        ListenTo<short>(static v => v);
        ListenTo<int>(static v => v);
        ListenTo<long>(static v => v);
        ListenTo<float>(static v => v);
        ListenTo<double>(static v => v);
        ListenTo<decimal>(static v => (double)v);
        _listener.Start();
    }

    /// <summary>Asks observable instruments for their values and writes everything in Prometheus text format.</summary>
    public string Scrape()
    {
        lock (_scrape)
        {
            foreach (var family in _families.Values)
            {
                family.BeginScrape();
            }

            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException e)
            {
                LogObservationFailed(e); // The other instruments have been asked all the same.
            }

            var text = new StringBuilder(16 * 1024);
            foreach (var family in _families.Values.OrderBy(f => f.Name, StringComparer.Ordinal))
            {
                PrometheusText.Append(text, family);
            }

            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private static SampleKind? KindOf(Type instrument) => Generic(instrument) switch
    {
        var t when t == typeof(Counter<>) || t == typeof(ObservableCounter<>) => SampleKind.Counter,
        var t when t == typeof(UpDownCounter<>) || t == typeof(ObservableUpDownCounter<>) => SampleKind.UpDown,
        var t when t == typeof(Gauge<>) || t == typeof(ObservableGauge<>) => SampleKind.Gauge,
        var t when t == typeof(Histogram<>) => SampleKind.Histogram,
        _ => null,
    };

    private static Type Generic(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private void ListenTo<T>(Func<T, double> convert)
        where T : struct =>
        _listener.SetMeasurementEventCallback<T>((_, value, tags, state) => ((Feed)state!).Record(convert(value), tags));

    private void Listen(Instrument instrument, MeterListener listener)
    {
        var ours = instrument.Meter.Name == InstrumentNames.Meter && ReferenceEquals(instrument.Meter.Scope, _factory);
        if (!ours || (!_perStream && instrument.Name.StartsWith(StreamPrefix, StringComparison.Ordinal)) || KindOf(instrument.GetType()) is not { } kind)
        {
            return;
        }

        var family = _families.GetOrAdd(PrometheusNames.Metric(instrument.Name), name => Create(name, kind, instrument));
        if (family.Kind == kind)
        {
            listener.EnableMeasurementEvents(instrument, new Feed(family, instrument.IsObservable));
        }
        else
        {
            LogKindDiffers(instrument.Name);
        }
    }

    private MetricFamily Create(string name, SampleKind kind, Instrument instrument)
    {
        var bounds = kind == SampleKind.Histogram ? _buckets.For(name, AdviceOf(instrument)) : [];
        return new(name, instrument.Description ?? "", kind, bounds, _maxSeries, Overflowed);
    }

    private static IReadOnlyList<double>? AdviceOf(Instrument instrument) => instrument switch
    {
        Histogram<double> h => h.Advice?.HistogramBucketBoundaries,
        Histogram<long> h => h.Advice?.HistogramBucketBoundaries?.Select(b => (double)b).ToArray(),
        Histogram<int> h => h.Advice?.HistogramBucketBoundaries?.Select(b => (double)b).ToArray(),
        _ => null,
    };

    private void Overflowed(string instrument) => _overflows.Add(1, new KeyValuePair<string, object?>(TagNames.Instrument, instrument));

    [LoggerMessage(1, LogLevel.Warning, "An observable instrument failed while metrics were read", EventName = "ObservationFailed")]
    private partial void LogObservationFailed(Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Instrument {Instrument} exists with another kind already; this one is not shown", EventName = "KindDiffers")]
    private partial void LogKindDiffers(string instrument);

    /// <summary>One instrument's way into its family; several instruments may share one.</summary>
    private sealed class Feed(MetricFamily family, bool observed)
    {
        public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => family.Record(value, tags, observed);
    }
}
