namespace DeltaEdge.Evaluation.Workloads;

/// <summary>A worker is lost or comes back.</summary>
/// <param name="AtSeconds">When, seconds after the workload began.</param>
/// <param name="Worker">Which one, counted from 0.</param>
/// <param name="Returns">True if it comes back, false if it is lost with everything it holds.</param>
public readonly record struct WorkerFault(double AtSeconds, int Worker, bool Returns);
