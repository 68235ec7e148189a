using System.Collections.Concurrent;

namespace DeltaEdge.Telemetry.Prometheus;

/// <summary>All series of one instrument name. The number of series is capped: past the cap sums stay right, labels are lost.</summary>
internal sealed class MetricFamily
{
    private readonly ConcurrentDictionary<TagSet, Series> _series = new(TagSetComparer.Instance);
    private readonly ConcurrentDictionary<TagSet, Series>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _byTags;
    private readonly int _maxSeries;
    private readonly Action<string> _overflowed;
    private long _generation;

    public MetricFamily(string name, string help, SampleKind kind, bool observed, double[] bounds, int maxSeries, Action<string> overflowed)
    {
        (Name, Help, Kind, Observed, Bounds) = (name, help, kind, observed, bounds);
        (_maxSeries, _overflowed) = (maxSeries, overflowed);
        _byTags = _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    public string Name { get; }

    public string Help { get; }

    public SampleKind Kind { get; }

    /// <summary>Whether values are asked for at each scrape: a series that is no longer reported is no longer shown.</summary>
    public bool Observed { get; }

    public double[] Bounds { get; }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_byTags.TryGetValue(tags, out var series))
        {
            series = AddSeries(tags);
            if (series is null)
            {
                return;
            }
        }

        switch (Kind)
        {
            case SampleKind.Histogram:
                series.Observe(value);
                break;
            case SampleKind.Gauge or SampleKind.ObservedCounter:
                series.Set(value, Volatile.Read(ref _generation));
                break;
            case SampleKind.UpDown when Observed:
                series.Set(value, Volatile.Read(ref _generation));
                break;
            default:
                series.Add(value);
                break;
        }
    }

    /// <summary>Called before instruments are asked for their values.</summary>
    public void BeginScrape() => Interlocked.Increment(ref _generation);

    /// <summary>Series to show, in a stable order; forgets those that were not observed since <see cref="BeginScrape"/>.</summary>
    public List<Series> Collect()
    {
        var shown = new List<Series>(_series.Count);
        foreach (var (tags, series) in _series)
        {
            if (Observed && series.Generation != Volatile.Read(ref _generation))
            {
                _series.TryRemove(tags, out _);
                continue;
            }

            shown.Add(series);
        }

        shown.Sort(static (a, b) => string.CompareOrdinal(a.LabelText, b.LabelText));
        return shown;
    }

    private Series? AddSeries(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var set = new TagSet(tags);
        if (_series.Count >= _maxSeries && !_series.ContainsKey(set))
        {
            _overflowed(Name);
            if (Kind is SampleKind.Gauge or SampleKind.ObservedCounter || Observed)
            {
                return null; // The last of many values means nothing.
            }

            set = TagSet.Overflow;
        }

        return _series.GetOrAdd(set, static (key, bounds) => new(key.LabelText, bounds), Bounds);
    }
}
