namespace DeltaEdge.Evaluation.Figures;

/// <summary>Something that happened during a run: a step of load, a worker lost or returned.</summary>
/// <param name="Second">Since the run began.</param>
/// <param name="Label">A word or two.</param>
public sealed record TimeMark(double Second, string Label);
