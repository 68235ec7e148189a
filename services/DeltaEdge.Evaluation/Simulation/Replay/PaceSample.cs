using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Evaluation.Simulation.Replay;

/// <summary>One reading of a running worker: counters since its start, none of them about how asks ended.</summary>
/// <param name="AtSeconds">When, after the run began.</param>
/// <param name="Correction">Of its profile: observed over predicted, smoothed.</param>
/// <param name="Steps">What its engine's steps have taken.</param>
/// <param name="Asks">Asks that have come to the engine's door.</param>
/// <param name="ApproachSeconds">Seconds from capture to that door, summed over them.</param>
public readonly record struct PaceSample(double AtSeconds, double Correction, EngineSteps Steps, long Asks, double ApproachSeconds);
