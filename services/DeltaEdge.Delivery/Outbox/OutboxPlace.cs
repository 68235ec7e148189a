namespace DeltaEdge.Delivery.Outbox;

/// <summary>Where a message waits.</summary>
internal enum OutboxPlace
{
    Disk = 0,

    /// <summary>The disk cannot be written; a crash loses it.</summary>
    Memory = 1,

    /// <summary>Nowhere: no bound left room for it.</summary>
    None = 2,
}
