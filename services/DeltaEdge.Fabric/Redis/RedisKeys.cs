using StackExchange.Redis;

namespace DeltaEdge.Fabric.Redis;

/// <summary>
/// Every key in Redis. <c>{p}</c> is the configured prefix in braces, so that all of a fleet's keys live in one cluster slot. Scripts
/// get the root and make the rest of it; <c>docs/shared-state.md</c> says what survives what.
/// <code>
/// key                     type    time to live      holds
/// {p}:v1:epoch            string  none              random, made by whoever finds none or an older store: another one means that the store has lost something
/// {p}:v1:seen             string  none              server time of the last visit, milliseconds; a long gap opens the grace
/// {p}:v1:grace            string  ReportTtlMs       while it exists, silence does not mean loss
/// {p}:v1:workers          set     none              ids of workers; those without a report are dropped by the next reader
/// {p}:v1:worker:ID        string  ReportTtlMs       the worker's last report, JSON; its existence is the lease of the worker's streams
/// {p}:v1:plan             string  the plan's own    the newest plan, JSON
/// {p}:v1:plan:version     string  none              version of the newest plan, which outlives the plan itself
/// {p}:v1:leader           string  LeaderTtlMs       TERM:ID of the controller that acts
/// {p}:v1:leader:term      string  none              the last term given out
/// {p}:v1:fence            string  none              the last fence given out
/// {p}:v1:streams          map     none              stream id ► FENCE:WORKER
/// {p}:v1:catalog          map     none              stream id ► REVISION:JSON of the record
/// {p}:v1:catalog:restored hash    none              stream id ► version of the process that put the record back after the store had lost it
/// {p}:v1:catalog:base     string  none              highest version from which the catalog was put back whole
/// {p}:v1:log:STREAM       stream  AnswersMaxAge     n-0 ► t (server time, ms) and a (answer) or e (event), JSON
/// {p}:v1:head:STREAM      hash    and seven days    of that log: epoch, start, last id, bytes, and fence, writer and sequence of the last append
/// {p}:v1:api-keys         hash    none              id ► API key, JSON, without its secret
/// {p}:v1:api-keys:version string  none              random, new with every change of those
/// {p}:v1:changes          channel                   what changed: workers (who serves, not every report), plan, streams, catalog, or left:ID
/// {p}:v1:log:STREAM       channel                   the id that was appended, or nothing if the log was removed
/// </code>
/// A map M is a hash of that name and beside it <c>M:version</c> (string, rises with every change), <c>M:put</c> (sorted set, id by the
/// version that put it), <c>M:gone</c> (sorted set, removed ids by version, the newest ten thousand) and <c>M:floor</c> (string, newest
/// version that <c>gone</c> has dropped: who knows no newer one reads the whole map).
/// </summary>
internal sealed class RedisKeys(string prefix)
{
    private readonly string _root = $"{{{prefix}}}:v1:";

    /// <summary>What every key starts with.</summary>
    public RedisKey Root => _root;

    public string Changes => _root + "changes";

    /// <summary>Channel of a stream's log.</summary>
    public string LogChannel(string streamId) => $"{_root}log:{streamId}";
}
