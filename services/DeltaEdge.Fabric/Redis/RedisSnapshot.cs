using DeltaEdge.Core.Time;
using DeltaEdge.Fabric.Json;
using DeltaEdge.Fabric.Plans;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Fabric.Workers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace DeltaEdge.Fabric.Redis;

/// <summary>What this process knows of Redis. Written by <see cref="RedisRefresher"/> alone, read by everyone without waiting.</summary>
internal sealed partial class RedisSnapshot(MonotonicClock clock, IOptions<FabricOptions> options, ILogger<RedisSnapshot> logger) : ISharedState
{
    private readonly HashSet<string> _unreadable = [];
    private long _refreshedTicks;
    private volatile bool _reachable;

    public WorkerBook Workers { get; } = new(TimeSpan.FromMilliseconds(options.Value.ReportTtlMs));

    public PlanBook Plans { get; } = new();

    public OwnerBook Owners { get; } = new();

    public MonotonicClock Clock { get; } = clock;

    public bool Reachable => _reachable;

    public TimeSpan Age => Clock.Now - TimeSpan.FromTicks(Interlocked.Read(ref _refreshedTicks));

    public void Unreachable()
    {
        _reachable = false;
        Workers.SetReachable(false, Clock.Now);
    }

    /// <summary>Takes in what <c>read-all.lua</c> returned.</summary>
    /// <param name="all">The script's result.</param>
    /// <param name="left">Workers that said goodbye before it was run.</param>
    public void Take(RedisResult all, IReadOnlyCollection<string> left)
    {
        var now = Clock.Now;
        var parts = (RedisResult[])all!;
        Workers.SetReachable(true, now);
        var seen = TakeReports((RedisResult[])parts[0]!, now);
        foreach (var id in left.Where(id => !seen.Contains(id)))
        {
            Workers.Remove(id, now);
        }

        TakePlan((string)parts[1]!, (long)parts[2], now);
        TakeOwners((RedisResult[])parts[3]!);
        Interlocked.Exchange(ref _refreshedTicks, now.Ticks);
        _reachable = true;
    }

    /// <summary>An owner from its <c>FENCE:WORKER</c> text.</summary>
    public static StreamOwner? ReadOwner(string streamId, string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && long.TryParse(text.AsSpan(0, colon), out var fence) ? new(streamId, text[(colon + 1)..], fence) : null;
    }

    private HashSet<string> TakeReports(RedisResult[] reports, TimeSpan now)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < reports.Length; i += 2)
        {
            var text = (string)reports[i]!;
            if (FabricJson.ReadReport(text) is { } report)
            {
                seen.Add(report.WorkerId);
                Workers.Hear(report, TimeSpan.FromMilliseconds((long)reports[i + 1]), now);
            }
            else if (_unreadable.Count < 100 && _unreadable.Add(text))
            {
                LogUnreadable("worker report");
            }
        }

        return seen;
    }

    private void TakePlan(string text, long remainingMs, TimeSpan now)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (FabricJson.ReadPlan(text) is { } plan)
        {
            Plans.Take(plan, TimeSpan.FromMilliseconds(Math.Clamp(remainingMs, 0, plan.TtlMs)), now);
        }
        else if (_unreadable.Count < 100 && _unreadable.Add(text))
        {
            LogUnreadable("plan");
        }
    }

    private void TakeOwners(RedisResult[] owners)
    {
        var all = new List<StreamOwner>(owners.Length / 2);
        for (var i = 0; i + 1 < owners.Length; i += 2)
        {
            if (ReadOwner((string)owners[i]!, (string)owners[i + 1]!) is { } owner)
            {
                all.Add(owner);
            }
        }

        Owners.ReplaceAll(all);
    }

    [LoggerMessage(1, LogLevel.Warning, "A {What} in Redis does not read; another version of DeltaEdge may share the key prefix", EventName = "Unreadable")]
    private partial void LogUnreadable(string what);
}
