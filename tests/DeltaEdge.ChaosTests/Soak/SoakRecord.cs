using DeltaEdge.ChaosTests.Fixtures;
using DeltaEdge.Cli.Cluster;
using DeltaEdge.Cli.Roles;
using DeltaEdge.Evaluation.Figures;
using DeltaEdge.Evaluation.Statistics;

namespace DeltaEdge.ChaosTests.Soak;

/// <summary>Samples of every process of a cluster, and their trends.</summary>
internal sealed class SoakRecord(ChaosCluster cluster)
{
    private const string Heap = "deltaedge_managed_heap_bytes";

    /// <summary>Growth of up to this share of the median is flat, but never less than the second number, which noise alone can make.</summary>
    private static readonly (string What, string Unit, Func<SoakPoint, double> Value, double Share, double Least)[] Kinds =
    [
        ("resident memory", "MiB", p => p.ResidentMiB, 0.05, 12),
        ("managed heap", "MiB", p => p.ManagedMiB, 0.10, 6),
        ("handles", "count", p => p.Handles, 0.05, 6),
        ("threads", "count", p => p.Threads, 0.10, 6),
        ("child processes", "count", p => p.Children, 0, 1),
    ];

    private readonly Dictionary<string, List<SoakPoint>> _points = [];

    public SoakLine[] Lines => [.. _points.Select(p => new SoakLine(p.Key, p.Value))];

    public async Task SampleAsync(TimeSpan at)
    {
        foreach (var process in cluster.Local.Roles)
        {
            Assert.False(process.HasExited, $"{process.Name} has ended. It said:\n{process.Tail}");
            await AddAsync(process, at);
        }
    }

    /// <summary>Trends of what came after the warm-up, minutes.</summary>
    public SoakTrend[] Trends(double warmMinutes) =>
        [.. _points.SelectMany(p => Kinds.Select(kind => Trend(p.Key, [.. p.Value.Where(s => s.Minute >= warmMinutes)], kind))).Where(t => double.IsFinite(t.Growth))];

    private static SoakTrend Trend(string process, SoakPoint[] points, (string What, string Unit, Func<SoakPoint, double> Value, double Share, double Least) kind)
    {
        (double X, double Y)[] series = [.. points.Select(p => (p.Minute, kind.Value(p))).Where(p => double.IsFinite(p.Item2))];
        var median = Percentile.NearestRank([.. series.Select(s => s.Y).Order()], 0.5);
        var growth = series.Length == 0 ? double.NaN : TheilSen.Slope(series) * (series[^1].X - series[0].X);
        return new SoakTrend(process, kind.What, kind.Unit, median, growth, Math.Max(kind.Least, kind.Share * median));
    }

    private async Task AddAsync(RoleProcess process, TimeSpan at)
    {
        var heap = process.Role == RoleCommands.Worker ? await cluster.MetricAsync(process, Heap, "heap=\"all\"") / (1 << 20) : double.NaN;
        if (ProcessSample.Of(process.Id) is { } held)
        {
            if (!_points.TryGetValue(process.Name, out var points))
            {
                _points[process.Name] = points = [];
            }

            points.Add(new SoakPoint(at.TotalMinutes, held.ResidentMiB, heap, held.Handles, held.Threads, held.Children));
        }
    }
}
