using System.Collections.Concurrent;
using System.Collections.Immutable;
using DeltaEdge.Fabric.Streams;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using StackExchange.Redis;

namespace DeltaEdge.Fabric.Redis;

/// <summary>Remembers for whom it claims, to put their claims back when Redis has lost them.</summary>
internal sealed class RedisStreamDirectory(RedisLink link, RedisSnapshot snapshot, IOptions<FabricOptions> options) : IStreamDirectory
{
    private readonly ConcurrentDictionary<string, bool> _claimants = new(StringComparer.Ordinal);
    private readonly int _ttlMs = options.Value.ReportTtlMs;

    public ImmutableArray<StreamOwner> List => [.. snapshot.Owners.View.Values.Where(IsNotLost)];

    public StreamOwner? Find(string streamId) => snapshot.Owners.Find(streamId) is { } owner && IsNotLost(owner) ? owner : null;

    public async ValueTask<StreamOwner?> FindAsync(string streamId, CancellationToken cancellationToken)
    {
        if (Find(streamId) is { } known)
        {
            return known;
        }

        var held = await link.TryRunAsync(RedisScript.FindOwner, [streamId, _ttlMs], cancellationToken);
        return held is null ? null : RedisText.ReadOwner(streamId, (string)held!);
    }

    public async ValueTask<StreamClaim> ClaimAsync(string streamId, string workerId, CancellationToken cancellationToken)
    {
        var result = await link.TryRunAsync(RedisScript.ClaimStream, [streamId, workerId, snapshot.Epoch, _ttlMs, snapshot.CatalogVersion, snapshot.OwnersVersion], cancellationToken);
        if (result is null)
        {
            return new(ClaimOutcome.Unavailable, null);
        }

        var parts = (RedisResult[])result!;
        var claim = new StreamClaim((ClaimOutcome)(int)parts[0], RedisText.ReadOwner(streamId, (string)parts[1]!));
        if (claim is { Granted: true, Owner: { } owner })
        {
            _claimants[workerId] = true;
            snapshot.Owners.Put(streamId, owner);
        }

        return claim;
    }

    public async ValueTask<bool> ReleaseAsync(string streamId, string workerId, CancellationToken cancellationToken)
    {
        var result = await link.TryRunAsync(RedisScript.ReleaseStream, [streamId, workerId, snapshot.CatalogVersion, snapshot.OwnersVersion], cancellationToken);
        var released = result is not null && (int)result == 1;
        if (released)
        {
            snapshot.Owners.Drop(streamId);
        }

        return released;
    }

    public IChangeToken OwnersChanged() => snapshot.Owners.Changed.Token();

    /// <summary>Puts this process's claims back, under the fences they had. False if the store could not be reached for it.</summary>
    public async Task<bool> RestoreAsync(CancellationToken cancellationToken)
    {
        foreach (var part in snapshot.Owners.View.Values.Where(o => _claimants.ContainsKey(o.WorkerId)).Chunk(RedisLink.PartSize))
        {
            if (await link.TryRunAsync(RedisScript.RestoreClaims, [.. part.SelectMany(o => new RedisValue[] { o.StreamId, RedisText.Write(o) })], cancellationToken) is null)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsNotLost(StreamOwner owner) => !snapshot.IsSettled || snapshot.Workers.IsLive(owner.WorkerId, snapshot.Clock.Now);
}
