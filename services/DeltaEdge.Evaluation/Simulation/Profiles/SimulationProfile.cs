using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Evaluation.Simulation.Profiles;

/// <summary>A model on a machine, as far as a simulation needs to know it.</summary>
/// <param name="Name">Short, for tables.</param>
/// <param name="Latency">Seconds of each stage.</param>
/// <param name="Accuracy">Accuracy by budget and question kind.</param>
/// <param name="TrueAccuracy">The same measured on other questions: what answers are graded by, so that a policy is not rewarded for chance in what it plans with. Null where there is only one.</param>
/// <param name="Basis">Where the numbers come from, for a report's reader.</param>
public sealed record SimulationProfile(string Name, LatencyProfile Latency, AccuracyProfile Accuracy, string Basis, AccuracyProfile? TrueAccuracy = null);
