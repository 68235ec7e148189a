using DeltaEdge.Fabric.Leadership;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Fabric.Redis;

internal sealed class RedisLeaderLease(RedisLink link, IOptions<FabricOptions> options) : ILeaderLease
{
    private readonly int _ttlMs = options.Value.LeaderTtlMs;

    public async ValueTask<long?> TryHoldAsync(string candidate, CancellationToken cancellationToken)
    {
        var result = await link.TryRunAsync(RedisScript.HoldLeader, [candidate, _ttlMs], cancellationToken);
        return result is not null && (long)result is > 0 and var term ? term : null;
    }

    public async ValueTask ReleaseAsync(string candidate, CancellationToken cancellationToken) =>
        await link.TryRunAsync(RedisScript.ReleaseLeader, [candidate], cancellationToken);
}
