namespace DeltaEdge.Fabric;

/// <summary>How well this process knows the others.</summary>
public interface ISharedState
{
    /// <summary>Whether the last refresh reached the store.</summary>
    bool Reachable { get; }

    /// <summary>Time since the local snapshot was last refreshed.</summary>
    TimeSpan Age { get; }
}
