namespace DeltaEdge.Delivery.Sinks;

/// <param name="Outcome">What became of the message.</param>
/// <param name="Reason">If it was not delivered: why, without credentials.</param>
/// <param name="RetryAfter">If it failed: how long the target asks to be left alone.</param>
internal sealed record SendResult(SendOutcome Outcome, string? Reason = null, TimeSpan? RetryAfter = null)
{
    public static SendResult Delivered { get; } = new(SendOutcome.Delivered);
}
