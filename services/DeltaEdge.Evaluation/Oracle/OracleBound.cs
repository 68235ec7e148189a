namespace DeltaEdge.Evaluation.Oracle;

/// <summary>What nobody can do better on a workload, in expectation.</summary>
/// <param name="UsefulAnswers">Upper bound of on-time and correct answers over asks, 0 to 1.</param>
/// <param name="Attainment">Upper bound of on-time answers over asks, 0 to 1.</param>
public sealed record OracleBound(double UsefulAnswers, double Attainment);
