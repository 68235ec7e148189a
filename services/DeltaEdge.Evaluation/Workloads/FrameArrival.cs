namespace DeltaEdge.Evaluation.Workloads;

/// <summary>A frame that is captured during a workload, with all questions of its stream asked about it.</summary>
/// <param name="AtSeconds">Capture, seconds after the workload began.</param>
/// <param name="Stream">Index into <see cref="Workload.Streams"/>.</param>
/// <param name="Draw">Uniform random bits, the same for every policy: what picks the frame's content, and in a simulation how hard it is.</param>
public readonly record struct FrameArrival(double AtSeconds, int Stream, ulong Draw);
