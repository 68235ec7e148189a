namespace DeltaEdge.Evaluation.Oracle;

/// <summary>What nobody can do better on a workload, in expectation.</summary>
/// <param name="UsefulAnswers">Upper bound of on-time and correct answers over asks, 0 to 1.</param>
/// <param name="WeightedUseful">Upper bound of the same, each ask counted by its class's weight, for whoever counts so, 0 to 1.</param>
/// <param name="Attainment">Upper bound of on-time answers over asks, 0 to 1, for whoever wants nothing else.</param>
/// <param name="AttainmentAtBest">On-time answers over asks where the useful ones are most, 0 to 1: what the oracle itself reaches.</param>
public sealed record OracleBound(double UsefulAnswers, double WeightedUseful, double Attainment, double AttainmentAtBest);
