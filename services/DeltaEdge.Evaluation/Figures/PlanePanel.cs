namespace DeltaEdge.Evaluation.Figures;

/// <summary>One workload of the plane.</summary>
public sealed record PlanePanel(string Workload, IReadOnlyList<PlanePoint> Points);
