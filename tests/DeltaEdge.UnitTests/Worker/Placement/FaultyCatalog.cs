using System.Collections.Immutable;
using DeltaEdge.Fabric.Catalog;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.UnitTests.Worker.Placement;

/// <summary>A catalog that throws when it is asked for some streams.</summary>
internal sealed class FaultyCatalog(IStreamCatalog inner) : IStreamCatalog
{
    public ImmutableHashSet<string> Broken { get; set; } = [];

    public ImmutableArray<StreamRecord> All => inner.All;

    public StreamRecord? Find(string streamId) => inner.Find(streamId);

    public ValueTask<StreamRecord?> FindAsync(string streamId, CancellationToken cancellationToken) =>
        Broken.Contains(streamId) ? throw new InvalidOperationException("A catalog's bug.") : inner.FindAsync(streamId, cancellationToken);

    public ValueTask<CatalogOutcome> AddAsync(StreamRecord record, CancellationToken cancellationToken) => inner.AddAsync(record, cancellationToken);

    public ValueTask<CatalogOutcome> ReplaceAsync(StreamRecord record, CancellationToken cancellationToken) => inner.ReplaceAsync(record, cancellationToken);

    public ValueTask<CatalogOutcome> RemoveAsync(string streamId, CancellationToken cancellationToken) => inner.RemoveAsync(streamId, cancellationToken);

    public IChangeToken CatalogChanged() => inner.CatalogChanged();
}
