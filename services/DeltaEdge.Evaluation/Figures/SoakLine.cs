namespace DeltaEdge.Evaluation.Figures;

/// <summary>What one process held over a soak.</summary>
/// <param name="Name">Of the process.</param>
/// <param name="Points">Minutes since the begin; what is not finite is a gap.</param>
public sealed record SoakLine(string Name, IReadOnlyList<SoakPoint> Points);
