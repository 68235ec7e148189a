namespace DeltaEdge.Delivery.Outbox;

/// <summary>A message, or a segment's rest of unknown length, that cannot be read any more.</summary>
/// <param name="File">Name of the segment, or of the folder if not even that can be read.</param>
/// <param name="Reason">Why; nothing of the content.</param>
/// <param name="IsFirst">Whether nothing had been lost of that file before.</param>
internal readonly record struct OutboxLoss(string File, string Reason, bool IsFirst);
