namespace DeltaEdge.Delivery.Outbox;

/// <param name="Messages">Most messages of a target.</param>
/// <param name="Bytes">Most bytes of a target.</param>
/// <param name="BytesInMemory">Most bytes of a target that wait in memory while the disk cannot be written.</param>
internal sealed record OutboxLimits(int Messages, long Bytes, long BytesInMemory);
