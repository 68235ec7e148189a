using System.Collections.Immutable;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.Fabric.Catalog;

/// <summary>
/// Which streams there shall be. The API writes it, workers make it true. What a store has lost by restarting empty is put back by
/// whoever still knows it; what was removed stays removed.
/// </summary>
public interface IStreamCatalog
{
    /// <summary>All streams known to this process, by id.</summary>
    ImmutableArray<StreamRecord> All { get; }

    /// <summary>From the local snapshot.</summary>
    StreamRecord? Find(string streamId);

    /// <summary>Asks shared state if the snapshot does not know it.</summary>
    ValueTask<StreamRecord?> FindAsync(string streamId, CancellationToken cancellationToken);

    /// <summary>Adds a stream; its revision is set to 1.</summary>
    ValueTask<CatalogOutcome> AddAsync(StreamRecord record, CancellationToken cancellationToken);

    /// <summary>Replaces the record that has this one's revision; the revision rises by one.</summary>
    ValueTask<CatalogOutcome> ReplaceAsync(StreamRecord record, CancellationToken cancellationToken);

    /// <summary>Removes a stream and ends its ownership: what its owner still appends is refused.</summary>
    ValueTask<CatalogOutcome> RemoveAsync(string streamId, CancellationToken cancellationToken);

    /// <summary>Fires when a stream is added, changed or removed. Take the token first, then read.</summary>
    IChangeToken CatalogChanged();
}
