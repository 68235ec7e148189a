namespace DeltaEdge.Fabric;

/// <summary>How well this process knows the others.</summary>
public interface ISharedState
{
    /// <summary>Whether the last refresh reached the store.</summary>
    bool Reachable { get; }

    /// <summary>
    /// Whether who is not heard of is lost. Not while the store is out of reach, nor for one time to live of a report after it came
    /// back, nor when this process itself has stood still: take nothing over from anybody then.
    /// </summary>
    bool IsSettled { get; }

    /// <summary>Time since the local snapshot was last refreshed.</summary>
    TimeSpan Age { get; }
}
