using System.Collections.Immutable;
using System.Globalization;
using DeltaEdge.Fabric.Catalog;
using Microsoft.Extensions.Primitives;
using StackExchange.Redis;

namespace DeltaEdge.Fabric.Redis;

internal sealed class RedisStreamCatalog(RedisLink link, RedisSnapshot snapshot) : IStreamCatalog
{
    private const string NoRevision = "none";
    private const string AnyRevision = "any";

    public ImmutableArray<StreamRecord> All => [.. snapshot.Catalog.View.Values];

    public StreamRecord? Find(string streamId) => snapshot.Catalog.Find(streamId);

    public async ValueTask<StreamRecord?> FindAsync(string streamId, CancellationToken cancellationToken)
    {
        if (Find(streamId) is { } known)
        {
            return known;
        }

        var held = await link.TryRunAsync(RedisScript.FindRecord, [streamId], cancellationToken);
        return held is null ? null : RedisText.ReadRecord(streamId, (string)held!);
    }

    public ValueTask<CatalogOutcome> AddAsync(StreamRecord record, CancellationToken cancellationToken) =>
        PutAsync(NoRevision, record with { Revision = 1 }, cancellationToken);

    public ValueTask<CatalogOutcome> ReplaceAsync(StreamRecord record, CancellationToken cancellationToken) =>
        PutAsync(record.Revision.ToString(CultureInfo.InvariantCulture), record with { Revision = record.Revision + 1 }, cancellationToken);

    public async ValueTask<CatalogOutcome> RemoveAsync(string streamId, CancellationToken cancellationToken)
    {
        var outcome = await ChangeAsync(streamId, AnyRevision, "", cancellationToken);
        if (outcome == CatalogOutcome.Done)
        {
            snapshot.Owners.Drop(streamId);
            snapshot.Catalog.Drop(streamId);
        }

        return outcome;
    }

    public IChangeToken CatalogChanged() => snapshot.Catalog.Changed.Token();

    /// <summary>Puts the catalog that this process knows back. False if the store could not be reached for it.</summary>
    public async Task<bool> RestoreAsync(CancellationToken cancellationToken)
    {
        var parts = snapshot.Catalog.View.Values.Chunk(RedisLink.PartSize).ToList();
        for (var i = 0; i < Math.Max(1, parts.Count); i++)
        {
            var records = i < parts.Count ? parts[i] : [];
            RedisValue[] arguments = [snapshot.CatalogVersion, i >= parts.Count - 1 ? 1 : 0, .. records.SelectMany(r => new RedisValue[] { r.StreamId, RedisText.Write(r) })];
            if (await link.TryRunAsync(RedisScript.RestoreCatalog, arguments, cancellationToken) is null)
            {
                return false;
            }
        }

        return true;
    }

    private async ValueTask<CatalogOutcome> PutAsync(string present, StreamRecord record, CancellationToken cancellationToken)
    {
        var outcome = await ChangeAsync(record.StreamId, present, RedisText.Write(record), cancellationToken);
        if (outcome == CatalogOutcome.Done)
        {
            snapshot.Catalog.Put(record.StreamId, record);
        }

        return outcome;
    }

    private async ValueTask<CatalogOutcome> ChangeAsync(string streamId, string present, string next, CancellationToken cancellationToken)
    {
        var result = await link.TryRunAsync(RedisScript.ChangeCatalog, [streamId, snapshot.Epoch, present, next, snapshot.CatalogVersion, snapshot.OwnersVersion], cancellationToken);
        return result is null ? CatalogOutcome.Unavailable : (CatalogOutcome)(int)result;
    }
}
