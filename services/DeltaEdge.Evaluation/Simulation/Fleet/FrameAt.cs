namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>A frame on its way to a worker.</summary>
/// <param name="CapturedAt">Capture: deadlines and latencies count from here.</param>
/// <param name="At">Arrival at the worker's engine.</param>
/// <param name="Arrival">Index into the workload's arrivals; makes the frame's key.</param>
/// <param name="Record">Index of its first question's record.</param>
/// <param name="Stream">Index into the workload's streams.</param>
/// <param name="Draw">Its random bits.</param>
internal readonly record struct FrameAt(TimeSpan CapturedAt, TimeSpan At, int Arrival, int Record, int Stream, ulong Draw);
