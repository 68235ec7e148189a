namespace DeltaEdge.Evaluation.Figures;

/// <summary>Time of one step at one budget and batch.</summary>
/// <param name="Budget">Visual tokens.</param>
/// <param name="Batch">Asks together.</param>
/// <param name="Milliseconds">Measured.</param>
public sealed record LatencyCell(int Budget, int Batch, double Milliseconds);
