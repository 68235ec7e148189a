namespace DeltaEdge.Delivery.Outbox;

/// <param name="Place">Where the message waits.</param>
/// <param name="Dropped">Older messages that were dropped for it.</param>
internal readonly record struct OutboxReceipt(OutboxPlace Place, int Dropped);
