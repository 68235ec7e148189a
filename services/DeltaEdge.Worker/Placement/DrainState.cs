namespace DeltaEdge.Worker.Placement;

/// <summary>Whether this worker has been told to stop and takes no more.</summary>
internal sealed class DrainState
{
    private volatile bool _isDraining;

    public bool IsDraining => _isDraining;

    public void Begin() => _isDraining = true;
}
