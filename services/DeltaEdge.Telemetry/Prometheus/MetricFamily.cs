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

    public MetricFamily(string name, string help, SampleKind kind, double[] bounds, int maxSeries, Action<string> overflowed)
    {
        (Name, Help, Kind, Bounds) = (name, help, kind, bounds);
        (_maxSeries, _overflowed) = (maxSeries, overflowed);
        _byTags = _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    public string Name { get; }

    public string Help { get; }

    public SampleKind Kind { get; }

    public double[] Bounds { get; }

    /// <param name="value">The measurement.</param>
    /// <param name="tags">Its labels.</param>
    /// <param name="observed">Whether it was asked for by a scrape: the value as it is, shown until a scrape no longer gets one.</param>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, bool observed)
    {
        if (!_byTags.TryGetValue(tags, out var series))
        {
            series = AddSeries(tags, observed);
            if (series is null)
            {
                return;
            }
        }

        switch (Kind)
        {
            case SampleKind.Histogram:
                series.Count(value);
                break;
            case not SampleKind.Histogram when observed:
                series.Observe(value, Volatile.Read(ref _generation));
                break;
            case SampleKind.Gauge:
                series.Set(value);
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
            if (series.IsStale(Volatile.Read(ref _generation)))
            {
                _series.TryRemove(tags, out _);
                continue;
            }

            shown.Add(series);
        }

        shown.Sort(static (a, b) => string.CompareOrdinal(a.LabelText, b.LabelText));
        return shown;
    }

    private Series? AddSeries(ReadOnlySpan<KeyValuePair<string, object?>> tags, bool observed)
    {
        var set = new TagSet(tags);
        if (_series.Count >= _maxSeries && !_series.ContainsKey(set))
        {
            _overflowed(Name);
            if (Kind == SampleKind.Gauge || observed)
            {
                return null; // The last of many values means nothing.
            }

            set = TagSet.Overflow;
        }

        return _series.GetOrAdd(set, static (key, bounds) => new(key.LabelText, bounds), Bounds);
    }
}
