namespace DeltaEdge.Core.Policies;

/// <summary>Which choice a latency bucket keeps of those that fit.</summary>
public enum BucketOrder
{
    /// <summary>Most groups first, then the largest budget: throughput.</summary>
    Batch = 0,

    /// <summary>Largest budget first, then most groups: quality.</summary>
    Budget = 1,
}
