namespace DeltaEdge.Evaluation.Runs;

/// <summary>What was asked in one second of a run, by capture time, and what became of it. Gated asks are left out.</summary>
/// <param name="Second">The second's begin, seconds after the run began.</param>
/// <param name="Offered">Asks per second.</param>
/// <param name="MeanBudget">Visual tokens, mean over the answered; NaN if none was.</param>
/// <param name="P95Seconds">Capture to answer, 95th percentile over the answered; NaN if none was.</param>
/// <param name="Attainment">On time over asks, 0 to 1; NaN if nothing was asked.</param>
/// <param name="Accuracy">Correct over on time, 0 to 1; NaN if nothing was on time.</param>
/// <param name="Useful">On time and correct over asks, 0 to 1; NaN if nothing was asked.</param>
public sealed record SecondPoint(double Second, double Offered, double MeanBudget, double P95Seconds, double Attainment, double Accuracy, double Useful);
