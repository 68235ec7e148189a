namespace DeltaEdge.Fabric.Leadership;

/// <summary>At most one controller acts at a time. Held by asking again before the lease runs out.</summary>
public interface ILeaderLease
{
    /// <summary>
    /// Takes or renews the lease. The term it is held in: the same as long as it is renewed in time, a higher one for everybody after.
    /// Null if another holds it or shared state is out of reach: do not act.
    /// </summary>
    ValueTask<long?> TryHoldAsync(string candidate, CancellationToken cancellationToken);

    /// <summary>Gives the lease up at once, so that the next one need not wait for it to run out.</summary>
    ValueTask ReleaseAsync(string candidate, CancellationToken cancellationToken);
}
