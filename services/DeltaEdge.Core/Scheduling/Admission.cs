namespace DeltaEdge.Core.Scheduling;

/// <summary>Whether an ask was let in.</summary>
/// <param name="Verdict">Whether, or why not.</param>
/// <param name="RetryAfterSeconds">If it may come back: seconds after which one like it would be let in, as predicted.</param>
/// <param name="Replaced">Asks that gave way to it; they have left the queue. Null if none.</param>
public readonly record struct Admission(AdmissionVerdict Verdict, double RetryAfterSeconds = 0, IReadOnlyList<PendingAsk>? Replaced = null);
