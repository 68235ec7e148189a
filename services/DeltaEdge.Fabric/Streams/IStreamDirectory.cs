using System.Collections.Immutable;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.Fabric.Streams;

/// <summary>
/// Which worker owns which camera. A claim holds as long as its worker's heartbeat does; a worker that finds another owner for a
/// stream of its own must let go of it.
/// </summary>
public interface IStreamDirectory
{
    /// <summary>Owners known to this process, by stream id; those of lost workers left out.</summary>
    ImmutableArray<StreamOwner> List { get; }

    /// <summary>The owner, from the local snapshot. Use <see cref="FindAsync"/> where a false "unknown" would be an error shown to someone.</summary>
    StreamOwner? Find(string streamId);

    /// <summary>The owner; asks shared state if the snapshot does not know it.</summary>
    ValueTask<StreamOwner?> FindAsync(string streamId, CancellationToken cancellationToken);

    /// <summary>Claims a stream for a worker that has published a report. Claiming one's own stream again succeeds.</summary>
    ValueTask<StreamClaim> ClaimAsync(string streamId, string workerId, CancellationToken cancellationToken);

    /// <summary>Lets go of a stream. False if it was not this worker's, or shared state is out of reach.</summary>
    ValueTask<bool> ReleaseAsync(string streamId, string workerId, CancellationToken cancellationToken);

    /// <summary>Fires when an owner changes. Take the token first, then read.</summary>
    IChangeToken OwnersChanged();
}
