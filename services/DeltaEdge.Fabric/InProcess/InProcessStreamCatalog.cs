using System.Collections.Immutable;
using DeltaEdge.Fabric.Catalog;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.Fabric.InProcess;

/// <summary>The streams of one process. They end with it.</summary>
/// <param name="release">Ends a removed stream's ownership, so that what its owner still appends is refused.</param>
/// <param name="forget">Forgets the log of a stream that is no more, and what a former owner may have appended to it meanwhile.</param>
internal sealed class InProcessStreamCatalog(Action<string> release, Action<string> forget) : IStreamCatalog
{
    private readonly Lock _lock = new();
    private readonly ChangeSignal _changed = new();
    private volatile ImmutableSortedDictionary<string, StreamRecord> _records = ImmutableSortedDictionary.Create<string, StreamRecord>(StringComparer.Ordinal);

    public ImmutableArray<StreamRecord> All => [.. _records.Values];

    public StreamRecord? Find(string streamId) => _records.GetValueOrDefault(streamId);

    public ValueTask<StreamRecord?> FindAsync(string streamId, CancellationToken cancellationToken) => ValueTask.FromResult(Find(streamId));

    public async ValueTask<CatalogOutcome> AddAsync(StreamRecord record, CancellationToken cancellationToken)
    {
        var outcome = await Change(known =>
            known.ContainsKey(record.StreamId) ? (known, CatalogOutcome.Exists) : (known.Add(record.StreamId, record with { Revision = 1 }), CatalogOutcome.Done));
        if (outcome == CatalogOutcome.Done)
        {
            forget(record.StreamId);
        }

        return outcome;
    }

    public ValueTask<CatalogOutcome> ReplaceAsync(StreamRecord record, CancellationToken cancellationToken) => Change(known =>
        known.GetValueOrDefault(record.StreamId) switch
        {
            null => (known, CatalogOutcome.Unknown),
            var present when present.Revision != record.Revision => (known, CatalogOutcome.Changed),
            _ => (known.SetItem(record.StreamId, record with { Revision = record.Revision + 1 }), CatalogOutcome.Done),
        });

    public async ValueTask<CatalogOutcome> RemoveAsync(string streamId, CancellationToken cancellationToken)
    {
        var outcome = await Change(known =>
            known.ContainsKey(streamId) ? (known.Remove(streamId), CatalogOutcome.Done) : (known, CatalogOutcome.Unknown));
        if (outcome == CatalogOutcome.Done)
        {
            release(streamId);
            forget(streamId);
        }

        return outcome;
    }

    public IChangeToken CatalogChanged() => _changed.Token();

    private ValueTask<CatalogOutcome> Change(
        Func<ImmutableSortedDictionary<string, StreamRecord>, (ImmutableSortedDictionary<string, StreamRecord> Records, CatalogOutcome Outcome)> change)
    {
        CatalogOutcome outcome;
        lock (_lock)
        {
            (_records, outcome) = change(_records);
        }

        if (outcome == CatalogOutcome.Done)
        {
            _changed.Fire();
        }

        return ValueTask.FromResult(outcome);
    }
}
