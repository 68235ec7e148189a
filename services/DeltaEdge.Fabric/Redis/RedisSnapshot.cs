using DeltaEdge.Core.Time;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.Json;
using DeltaEdge.Fabric.Plans;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Fabric.Workers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Fabric.Redis;

/// <summary>What this process knows of Redis. Written by <see cref="RedisRefresher"/> alone, read by everyone without waiting.</summary>
internal sealed partial class RedisSnapshot(MonotonicClock clock, IOptions<FabricOptions> options, ILogger<RedisSnapshot> logger) : ISharedState
{
    private readonly TimeSpan _reportTtl = TimeSpan.FromMilliseconds(options.Value.ReportTtlMs);
    private readonly HashSet<string> _unreadable = [];
    private long _refreshedTicks;
    private long _settledTicks;
    private volatile bool _reachable;

    public WorkerBook Workers { get; } = new(TimeSpan.FromMilliseconds(options.Value.ReportTtlMs));

    public PlanBook Plans { get; } = new();

    public KnownMap<StreamOwner> Owners { get; } = new();

    public KnownMap<StreamRecord> Catalog { get; } = new();

    public MonotonicClock Clock { get; } = clock;

    /// <summary>The life of the store that this snapshot is of; empty before the first read. Writes that depend on what the store remembers name it.</summary>
    public string Epoch { get; private set; } = "";

    /// <summary>Version of <see cref="Catalog"/>, as text; 0 before the first read.</summary>
    public string CatalogVersion { get; private set; } = "0";

    /// <summary>Version of <see cref="Owners"/>, as text; 0 before the first read.</summary>
    public string OwnersVersion { get; private set; } = "0";

    public bool Reachable => _reachable;

    public TimeSpan Age => Clock.Now - TimeSpan.FromTicks(Interlocked.Read(ref _refreshedTicks));

    public bool IsSettled => _reachable && Age < _reportTtl / 2 && Clock.Now.Ticks >= Interlocked.Read(ref _settledTicks);

    public void Unreachable()
    {
        _reachable = false;
        Workers.Unreachable(Clock.Now);
    }

    /// <summary>From now on this is of another life of the store, of which nothing has been read yet.</summary>
    public void Begin(string epoch) => (Epoch, CatalogVersion, OwnersVersion) = (epoch, "0", "0");

    /// <summary>Takes in what <c>read-all.lua</c> returned.</summary>
    /// <param name="read">The script's result.</param>
    /// <param name="left">Workers that said goodbye before it was run.</param>
    public void Take(RedisNews read, IReadOnlyCollection<string> left)
    {
        var now = Clock.Now;
        var seen = TakeReports(read, now);
        foreach (var id in left.Where(id => !seen.Contains(id)))
        {
            Workers.Remove(id, now);
        }

        Workers.Read(now);
        TakePlan(read, now);
        Owners.Take(read.Streams.IsWhole, Parse(read.Streams, RedisText.ReadOwner, "stream's owner"), read.Streams.Gone);
        Catalog.Take(read.Catalog.IsWhole, Parse(read.Catalog, RedisText.ReadRecord, "stream"), read.Catalog.Gone);
        (Epoch, CatalogVersion, OwnersVersion) = (read.Epoch, read.Catalog.Version, read.Streams.Version);
        Interlocked.Exchange(ref _settledTicks, (now + read.Grace).Ticks);
        Interlocked.Exchange(ref _refreshedTicks, now.Ticks);
        _reachable = true;
    }

    private HashSet<string> TakeReports(RedisNews read, TimeSpan now)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (text, remaining) in read.Reports)
        {
            if (FabricJson.ReadReport(text) is { } report)
            {
                seen.Add(report.WorkerId);
                Workers.Hear(report, remaining, now);
            }
            else
            {
                NoteUnreadable("worker report", text);
            }
        }

        return seen;
    }

    private void TakePlan(RedisNews read, TimeSpan now)
    {
        if (read.Plan.Length == 0)
        {
            return;
        }

        if (FabricJson.ReadPlan(read.Plan) is { } plan)
        {
            Plans.Take(plan, TimeSpan.FromMilliseconds(Math.Clamp(read.PlanRemaining.TotalMilliseconds, 0, plan.TtlMs)), now);
        }
        else
        {
            NoteUnreadable("plan", read.Plan);
        }
    }

    private List<KeyValuePair<string, T>> Parse<T>(MapNews map, Func<string, string, T?> parse, string what)
        where T : class
    {
        var all = new List<KeyValuePair<string, T>>(map.News.Count);
        foreach (var (id, text) in map.News)
        {
            if (parse(id, text) is { } value)
            {
                all.Add(new(id, value));
            }
            else
            {
                NoteUnreadable(what, text);
            }
        }

        return all;
    }

    private void NoteUnreadable(string what, string text)
    {
        if (_unreadable.Count < 100 && _unreadable.Add(text))
        {
            LogUnreadable(what);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A {What} in Redis does not read; another version of DeltaEdge may share the key prefix", EventName = "Unreadable")]
    private partial void LogUnreadable(string what);
}
