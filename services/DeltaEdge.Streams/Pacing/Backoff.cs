namespace DeltaEdge.Streams.Pacing;

/// <summary>Exponential backoff with full jitter: fifty cameras behind one switch must not come back together.</summary>
public static class Backoff
{
    /// <summary>The attempt whose wait is drawn from the longest: 2^20 times any minimum is past any maximum.</summary>
    public const int Rarest = 20;

    /// <param name="attempt">0 for the first retry.</param>
    /// <param name="min">Longest first wait.</param>
    /// <param name="max">Longest wait of all.</param>
    /// <param name="random">From 0 up to 1.</param>
    public static TimeSpan Delay(int attempt, TimeSpan min, TimeSpan max, double random)
    {
        var ceiling = min * (1L << Math.Clamp(attempt, 0, Rarest));
        return (ceiling < max ? ceiling : max) * random;
    }
}
