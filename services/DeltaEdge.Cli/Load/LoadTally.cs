using System.Globalization;

namespace DeltaEdge.Cli.Load;

/// <summary>Collects results and sums up those that ended since the last look.</summary>
internal sealed class LoadTally
{
    private readonly Lock _lock = new();
    private readonly List<LoadResult> _recent = [];
    private readonly List<LoadResult> _all = [];

    public void Add(LoadResult result)
    {
        lock (_lock)
        {
            _recent.Add(result);
            _all.Add(result);
        }
    }

    public static string Header => "   time   asks/s   on time   p50 ms   p95 ms   mean budget   refused   failed";

    public int Answered
    {
        get
        {
            lock (_lock)
            {
                return _all.Count(r => r.Status == 200);
            }
        }
    }

    /// <summary>A line about what ended since the last call.</summary>
    public string Line(TimeSpan at, double seconds)
    {
        lock (_lock)
        {
            var line = Sum(_recent, at, seconds);
            _recent.Clear();
            return line;
        }
    }

    /// <summary>A line about everything.</summary>
    public string Total(TimeSpan elapsed)
    {
        lock (_lock)
        {
            return Sum(_all, elapsed, elapsed.TotalSeconds);
        }
    }

    /// <summary>How many asks ended with which HTTP status.</summary>
    public string Statuses()
    {
        lock (_lock)
        {
            return _all.Count == 0
                ? "no ask was due in that time"
                : string.Join(", ", _all.CountBy(r => r.Status).OrderByDescending(s => s.Value).Select(s => $"{s.Value} × {(s.Key == 0 ? "nothing that could be read" : $"HTTP {s.Key}")}"));
        }
    }

    private static string Sum(List<LoadResult> results, TimeSpan at, double seconds)
    {
        var answered = results.FindAll(r => r.Status == 200);
        var latencies = answered.ConvertAll(r => r.LatencyMs);
        latencies.Sort();
        var onTime = results.Count == 0 ? 0 : 100.0 * answered.Count(r => r.OnTime) / results.Count;
        return string.Create(CultureInfo.InvariantCulture,
            $"{at.TotalSeconds,6:0} s {results.Count / seconds,8:0.0} {onTime,8:0.0}% {Rank(latencies, 0.5),8:0} {Rank(latencies, 0.95),8:0} {(answered.Count == 0 ? 0 : answered.Average(r => r.Budget)),13:0.0} {results.Count(r => r.IsRefused),9} {results.Count(r => r.Status != 200 && !r.IsRefused),8}");
    }

    private static double Rank(List<double> sorted, double p) =>
        sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(p * sorted.Count) - 1, 0, sorted.Count - 1)];
}
