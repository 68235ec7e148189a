namespace DeltaEdge.Cli.Smoke;

/// <summary>One phase of the step-load experiment, summed up.</summary>
/// <param name="Name">before, during or after.</param>
/// <param name="AsksPerSecond">Offered rate.</param>
/// <param name="Load">Offered rate over capacity at the largest budget.</param>
/// <param name="MeanBudget">Mean visual tokens of the answers.</param>
/// <param name="P50Ms">Median from due to answered.</param>
/// <param name="P95Ms">95th percentile of the same.</param>
/// <param name="Attainment">On time over arrived, 0 to 1; refusals and failures count as misses.</param>
/// <param name="Refused">Refusals (429, 503, 504).</param>
/// <param name="Asks">Arrivals.</param>
internal sealed record StepPhase(string Name, double AsksPerSecond, double Load, double MeanBudget, double P50Ms, double P95Ms, double Attainment, int Refused, int Asks);
