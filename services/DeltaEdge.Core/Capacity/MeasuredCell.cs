namespace DeltaEdge.Core.Capacity;

/// <summary>One cell of a measured latency profile L(budget, batch): seconds until all of a batch of fresh frames are answered.</summary>
/// <param name="Rung">Rung of the ladder.</param>
/// <param name="Batch">Frames asked at once, one question each.</param>
/// <param name="MedianSeconds">Median of the repeats.</param>
/// <param name="P95Seconds">95th percentile of the repeats.</param>
public readonly record struct MeasuredCell(int Rung, int Batch, double MedianSeconds, double P95Seconds);
