namespace DeltaEdge.Evaluation.Figures;

/// <summary>SLO attainment of one policy over time.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Seconds">Second since the run began, and the share on time of what was captured in it, 0 to 1.</param>
public sealed record RecoveryLine(string Policy, IReadOnlyList<(double Second, double Attainment)> Seconds);
