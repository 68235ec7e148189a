namespace DeltaEdge.Inference.Scheduling;

/// <summary>Whether an ask was let in.</summary>
/// <param name="Verdict">Whether, or why not.</param>
/// <param name="RetryAfterSeconds">If it may come back: seconds after which one like it would be let in, as predicted.</param>
internal readonly record struct Admission(AdmissionVerdict Verdict, double RetryAfterSeconds = 0);
