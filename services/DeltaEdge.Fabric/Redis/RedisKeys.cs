using StackExchange.Redis;

namespace DeltaEdge.Fabric.Redis;

/// <summary>
/// Every key in Redis. <c>{p}</c> is the configured prefix in braces, so that all of a fleet's keys live in one cluster slot.
/// <code>
/// key                type    time to live        holds
/// {p}:v1:workers     set     none                ids of workers; those without a report are dropped by the next reader
/// {p}:v1:worker:ID   string  ReportTtlMs         the worker's last report, JSON; its existence is the lease of the worker's streams
/// {p}:v1:plan        string  the plan's own      the newest plan, JSON
/// {p}:v1:plan:version string none                version of the newest plan, which outlives the plan itself
/// {p}:v1:streams     hash    none                stream id ► FENCE:WORKER; entries of lost workers are dropped by the next reader
/// {p}:v1:fence       string  none                counter: the last fence given out
/// {p}:v1:leader      string  LeaderTtlMs         id of the controller that acts
/// {p}:v1:changes     channel                     what changed: workers, plan, streams, or left:ID
/// </code>
/// </summary>
internal sealed class RedisKeys(string prefix)
{
    private readonly string _root = $"{{{prefix}}}:v1:";

    public RedisKey Workers => _root + "workers";

    /// <summary>A worker's report key is this and its id.</summary>
    public string WorkerPrefix => _root + "worker:";

    public RedisKey Plan => _root + "plan";

    public RedisKey PlanVersion => _root + "plan:version";

    public RedisKey Streams => _root + "streams";

    public RedisKey Fence => _root + "fence";

    public RedisKey Leader => _root + "leader";

    public string Changes => _root + "changes";

    public RedisKey Worker(string workerId) => WorkerPrefix + workerId;
}
