namespace DeltaEdge.Cli.Load;

/// <summary>What became of one request of a load.</summary>
/// <param name="SentAt">When it was due, from the load's start: latency counts from there, so that a slow server cannot hide by holding up the generator.</param>
/// <param name="LatencyMs">From when it was due to the last byte.</param>
/// <param name="Status">HTTP status; 0 if there was none, or it came with no answer that could be read.</param>
/// <param name="Budget">Visual tokens of the answer; 0 without one.</param>
/// <param name="OnTime">Whether the server counts it as on time.</param>
internal readonly record struct LoadResult(TimeSpan SentAt, double LatencyMs, int Status, int Budget, bool OnTime)
{
    /// <summary>Turned away for load, or for asking too often, or its deadline had passed.</summary>
    public bool IsRefused => Status is 429 or 503 or 504;
}
