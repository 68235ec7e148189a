namespace DeltaEdge.Cli.Load;

/// <summary>What became of one request of a load.</summary>
/// <param name="SentAt">When it was due, from the load's start: latency counts from there, so that a slow server cannot hide by holding up the generator.</param>
/// <param name="LatencyMs">From when it was due to the last byte.</param>
/// <param name="Status">HTTP status; 0 if there was none.</param>
/// <param name="Budget">Visual tokens of the answer; 0 without one.</param>
/// <param name="OnTime">Whether the server counts it as on time.</param>
internal readonly record struct LoadResult(TimeSpan SentAt, double LatencyMs, int Status, int Budget, bool OnTime);
