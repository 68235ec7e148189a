using System.Collections.Concurrent;
using System.Collections.Immutable;
using DeltaEdge.Fabric.Streams;
using Microsoft.Extensions.Primitives;
using StackExchange.Redis;

namespace DeltaEdge.Fabric.Redis;

/// <summary>Remembers its own claims and makes them again when Redis has forgotten them, for example after a restart.</summary>
internal sealed class RedisStreamDirectory(RedisLink link, RedisKeys keys, RedisSnapshot snapshot) : IStreamDirectory
{
    private readonly ConcurrentDictionary<string, string> _claimed = new(StringComparer.Ordinal);

    public ImmutableArray<StreamOwner> List => [.. snapshot.Owners.All.Where(o => snapshot.Workers.IsLive(o.WorkerId, snapshot.Clock.Now))];

    public StreamOwner? Find(string streamId) =>
        snapshot.Owners.Find(streamId) is { } owner && snapshot.Workers.IsLive(owner.WorkerId, snapshot.Clock.Now) ? owner : null;

    public async ValueTask<StreamOwner?> FindAsync(string streamId, CancellationToken cancellationToken)
    {
        if (Find(streamId) is { } known)
        {
            return known;
        }

        var all = await link.TryRunAsync(RedisScript.ReadAll, [keys.Workers, keys.Plan, keys.Streams], [keys.WorkerPrefix], cancellationToken);
        var owners = all is null ? [] : (RedisResult[])((RedisResult[])all!)[3]!;
        for (var i = 0; i + 1 < owners.Length; i += 2)
        {
            if ((string)owners[i]! == streamId)
            {
                return RedisSnapshot.ReadOwner(streamId, (string)owners[i + 1]!);
            }
        }

        return null;
    }

    public async ValueTask<StreamClaim> ClaimAsync(string streamId, string workerId, CancellationToken cancellationToken)
    {
        var result = await link.TryRunAsync(
            RedisScript.ClaimStream, [keys.Streams, keys.Fence], [streamId, workerId, keys.WorkerPrefix, keys.Changes], cancellationToken);
        if (result is null)
        {
            return new(ClaimOutcome.Unavailable, null);
        }

        var parts = (RedisResult[])result!;
        var claim = new StreamClaim((ClaimOutcome)(int)parts[0], RedisSnapshot.ReadOwner(streamId, (string)parts[1]!));
        if (claim is { Granted: true, Owner: { } owner })
        {
            _claimed[streamId] = workerId;
            snapshot.Owners.Put(owner);
        }

        return claim;
    }

    public async ValueTask<bool> ReleaseAsync(string streamId, string workerId, CancellationToken cancellationToken)
    {
        _claimed.TryRemove(KeyValuePair.Create(streamId, workerId));
        var result = await link.TryRunAsync(RedisScript.ReleaseStream, [keys.Streams], [streamId, workerId, keys.Changes], cancellationToken);
        var released = result is not null && (int)result == 1;
        if (released)
        {
            snapshot.Owners.Drop(streamId);
        }

        return released;
    }

    public IChangeToken OwnersChanged() => snapshot.Owners.Changed.Token();

    /// <summary>After a refresh: claims that Redis does not hold are made again; one that another holds by now is given up.</summary>
    public async Task ReassertAsync(CancellationToken cancellationToken)
    {
        foreach (var (streamId, workerId) in _claimed)
        {
            var owner = snapshot.Owners.Find(streamId);
            if (owner is null && snapshot.Workers.IsLive(workerId, snapshot.Clock.Now))
            {
                await ClaimAsync(streamId, workerId, cancellationToken);
            }
            else if (owner is not null && owner.WorkerId != workerId)
            {
                _claimed.TryRemove(KeyValuePair.Create(streamId, workerId));
            }
        }
    }
}
