namespace DeltaEdge.Evaluation.Figures;

/// <summary>What was said of answers and what proved true.</summary>
/// <param name="Kind">Kind of question, its wire name.</param>
/// <param name="Budget">Visual tokens spent.</param>
/// <param name="Expected">Mean accuracy that the system stated, 0 to 1.</param>
/// <param name="Audited">Share that was right, 0 to 1.</param>
/// <param name="Low">Lower end of its 95 % interval; NaN for none.</param>
/// <param name="High">Upper end of its 95 % interval; NaN for none.</param>
public sealed record AuditPoint(string Kind, int Budget, double Expected, double Audited, double Low = double.NaN, double High = double.NaN);
