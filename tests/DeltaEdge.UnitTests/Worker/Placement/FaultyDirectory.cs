using System.Collections.Immutable;
using DeltaEdge.Fabric.Streams;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.UnitTests.Worker.Placement;

/// <summary>A directory that throws when some streams are claimed or released.</summary>
internal sealed class FaultyDirectory(IStreamDirectory inner) : IStreamDirectory
{
    public ImmutableHashSet<string> Broken { get; set; } = [];

    public ImmutableArray<StreamOwner> List => inner.List;

    public StreamOwner? Find(string streamId) => inner.Find(streamId);

    public ValueTask<StreamOwner?> FindAsync(string streamId, CancellationToken cancellationToken) => inner.FindAsync(streamId, cancellationToken);

    public ValueTask<StreamClaim> ClaimAsync(string streamId, string workerId, CancellationToken cancellationToken)
    {
        ThrowIfBroken(streamId);
        return inner.ClaimAsync(streamId, workerId, cancellationToken);
    }

    public ValueTask<bool> ReleaseAsync(string streamId, string workerId, CancellationToken cancellationToken)
    {
        ThrowIfBroken(streamId);
        return inner.ReleaseAsync(streamId, workerId, cancellationToken);
    }

    public IChangeToken OwnersChanged() => inner.OwnersChanged();

    private void ThrowIfBroken(string streamId)
    {
        if (Broken.Contains(streamId))
        {
            throw new InvalidOperationException("A directory's bug.");
        }
    }
}
