namespace DeltaEdge.Cli.Smoke;

/// <summary>One second of the step-load experiment, for the figure.</summary>
/// <param name="Second">Since the experiment began.</param>
/// <param name="AsksPerSecond">Asks sent.</param>
/// <param name="MeanBudget">Visual tokens, mean over the answered; null if none was.</param>
/// <param name="P95Ms">95th percentile over the answered; null if none was.</param>
/// <param name="Attainment">On time over asks, 0 to 1; null if nothing was asked.</param>
internal sealed record StepSecond(double Second, double AsksPerSecond, double? MeanBudget, double? P95Ms, double? Attainment);
