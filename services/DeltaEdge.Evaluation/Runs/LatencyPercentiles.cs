namespace DeltaEdge.Evaluation.Runs;

/// <summary>Nearest-rank percentiles of capture to answer, seconds, over the asks that were answered; NaN if none was.</summary>
public sealed record LatencyPercentiles(double P50, double P95, double P99, double P999);
