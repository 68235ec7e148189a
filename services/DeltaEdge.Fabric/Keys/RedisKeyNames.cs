using StackExchange.Redis;

namespace DeltaEdge.Fabric.Keys;

/// <summary>
/// The API keys' place in Redis, beside the keys of <see cref="Redis.RedisKeys"/> and in the same cluster slot.
/// <code>
/// key                      type    time to live  holds
/// {p}:v1:api-keys          hash    none          id ► key as JSON, without its secret
/// {p}:v1:api-keys:version  string  none          random mark, new with every change, so that readers need not read all again
/// </code>
/// </summary>
internal sealed class RedisKeyNames(string prefix)
{
    public RedisKey Keys => $"{{{prefix}}}:v1:api-keys";

    public RedisKey Version => $"{{{prefix}}}:v1:api-keys:version";
}
