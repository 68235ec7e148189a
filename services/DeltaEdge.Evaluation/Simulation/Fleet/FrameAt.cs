namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>A frame on its way to a worker.</summary>
/// <param name="At">Capture and arrival.</param>
/// <param name="Arrival">Index into the workload's arrivals; makes the frame's key.</param>
/// <param name="Stream">Index into the workload's streams.</param>
/// <param name="Draw">Its random bits.</param>
internal readonly record struct FrameAt(TimeSpan At, int Arrival, int Stream, ulong Draw);
