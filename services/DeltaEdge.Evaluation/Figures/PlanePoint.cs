namespace DeltaEdge.Evaluation.Figures;

/// <summary>One policy on one workload.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Attainment">On time of those that arrived after the gate, 0 to 1.</param>
/// <param name="Accuracy">Mean serving accuracy, of those on time, 0 to 1.</param>
public sealed record PlanePoint(string Policy, double Attainment, double Accuracy);
