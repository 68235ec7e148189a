using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Evaluation.Simulation.Profiles;

/// <summary>A model on a machine, as far as a simulation needs to know it.</summary>
/// <param name="Name">Short, for tables.</param>
/// <param name="Latency">Seconds of each stage.</param>
/// <param name="Accuracy">Accuracy by budget and question kind.</param>
/// <param name="Basis">Where the numbers come from, for a report's reader.</param>
public sealed record SimulationProfile(string Name, LatencyProfile Latency, AccuracyProfile Accuracy, string Basis);
