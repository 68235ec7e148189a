namespace DeltaEdge.Inference.Scheduling;

/// <summary>Whether an ask was let in.</summary>
/// <param name="Accepted">Whether it waits now.</param>
/// <param name="QueueFull">If not: because of the queue's bound, not of its deadline.</param>
/// <param name="RetryAfterSeconds">If not: seconds after which one like it would be let in, as predicted.</param>
internal readonly record struct Admission(bool Accepted, bool QueueFull, double RetryAfterSeconds)
{
    public static Admission Accept => new(true, false, 0);
}
