namespace DeltaEdge.Telemetry.Prometheus;

/// <summary>One label set's numbers. Written from any thread without locks; a reader may miss what is being added just then.</summary>
internal sealed class Series(string labelText, double[] bounds)
{
    private readonly long[] _buckets = bounds.Length == 0 ? [] : new long[bounds.Length + 1];
    private double _value;
    private long _observedIn;

    public string LabelText { get; } = labelText;

    public double Value => Volatile.Read(ref _value);

    /// <summary>Whether it was observed once, but not in this scrape: what it told of is gone.</summary>
    public bool IsStale(long scrape) => Volatile.Read(ref _observedIn) is > 0 and var last && last != scrape;

    public void Add(double amount)
    {
        var seen = Volatile.Read(ref _value);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref _value, seen + amount, seen);
            if (before.Equals(seen))
            {
                return;
            }

            seen = before;
        }
    }

    public void Set(double value) => Volatile.Write(ref _value, value);

    /// <param name="value">The value as it is.</param>
    /// <param name="scrape">Number of the scrape that asked, above 0.</param>
    public void Observe(double value, long scrape)
    {
        Set(value);
        Volatile.Write(ref _observedIn, scrape);
    }

    /// <summary>Counts a value in the first bucket whose bound is not below it. NaN belongs to no bucket and is left out.</summary>
    public void Count(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        var index = Array.BinarySearch(bounds, value);
        Interlocked.Increment(ref _buckets[index < 0 ? ~index : index]);
        Add(value);
    }

    /// <summary>Counts by bucket, not cumulative, the last one unbounded.</summary>
    public long[] ReadBuckets()
    {
        var copy = new long[_buckets.Length];
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = Interlocked.Read(ref _buckets[i]);
        }

        return copy;
    }
}
