namespace DeltaEdge.Evaluation.Statistics;

/// <summary>How evenly something is shared.</summary>
public static class Fairness
{
    /// <summary>
    /// Jain's index (1984): the square of the sum over count times the sum of squares. 1 if all have the same, also if all have
    /// nothing or there is nobody; 1/n if one of n has all.
    /// </summary>
    /// <param name="shares">Not negative.</param>
    public static double Jain(ReadOnlySpan<double> shares)
    {
        var (sum, squares) = (0d, 0d);
        foreach (var share in shares)
        {
            sum += share;
            squares += share * share;
        }

        return squares == 0 ? 1 : sum * sum / (shares.Length * squares);
    }
}
