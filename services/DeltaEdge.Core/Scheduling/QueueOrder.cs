namespace DeltaEdge.Core.Scheduling;

/// <summary>Which waiting group comes first.</summary>
public enum QueueOrder
{
    /// <summary>Earliest deadline first.</summary>
    Edf = 0,

    /// <summary>First come, first served: for comparison.</summary>
    Fifo = 1,
}
