namespace DeltaEdge.Evaluation.Statistics;

/// <summary>Percentiles by nearest rank: always a value that occurred.</summary>
public static class Percentile
{
    /// <summary>The least value that at least a share <paramref name="share"/> of all values do not exceed; NaN if there are none.</summary>
    /// <param name="sorted">Values, rising.</param>
    /// <param name="share">Above 0, up to 1: 0.95 for the 95th percentile.</param>
    public static double NearestRank(ReadOnlySpan<double> sorted, double share)
    {
        // The allowance keeps a product such as 0.95 * 20 from counting as a little above 19.
        const double Rounding = 1e-9;
        var rank = (int)Math.Ceiling((share * sorted.Length) - Rounding);
        return sorted.IsEmpty ? double.NaN : sorted[Math.Clamp(rank, 1, sorted.Length) - 1];
    }
}
