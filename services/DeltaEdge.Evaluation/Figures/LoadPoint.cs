namespace DeltaEdge.Evaluation.Figures;

/// <summary>One policy at one load.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Rho">Offered load over capacity at the largest budget.</param>
/// <param name="Useful">On time and correct, of those that arrived, 0 to 1.</param>
public sealed record LoadPoint(string Policy, double Rho, double Useful);
