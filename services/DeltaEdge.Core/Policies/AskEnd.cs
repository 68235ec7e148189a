namespace DeltaEdge.Core.Policies;

/// <summary>How an ask ended, as a policy may learn from it.</summary>
/// <param name="Now">When.</param>
/// <param name="Verdict">How.</param>
/// <param name="LatencySeconds">Capture to end.</param>
/// <param name="DeadlineSeconds">Capture to deadline: the SLA.</param>
/// <param name="Budget">Visual tokens spent; 0 if none.</param>
/// <param name="Stream">Key of its stream; 0 if it named none.</param>
public readonly record struct AskEnd(TimeSpan Now, AskVerdict Verdict, double LatencySeconds, double DeadlineSeconds, int Budget, ulong Stream);
