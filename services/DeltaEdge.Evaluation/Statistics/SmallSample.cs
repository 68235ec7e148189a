namespace DeltaEdge.Evaluation.Statistics;

/// <summary>
/// What share to cut off at each end of resampled values for a 95 % interval. Resamples of n values vary by (n - 1) / n too little and
/// know nothing of Student's t; Hesterberg's expanded percentile interval (2015) makes up for both.
/// </summary>
public static class SmallSample
{
    private const double Normal = 1.959964;

    /// <summary>Share for that many values: towards 0.025 for many, less for few.</summary>
    public static double Tail(int values)
    {
        var freedom = Math.Max(1.0, values - 1);
        return Below(-Math.Sqrt((freedom + 1) / freedom) * Student(freedom));
    }

    /// <summary>The 97.5 % quantile of Student's t, by three terms of its expansion around the normal one.</summary>
    public static double Student(double freedom)
    {
        const double Third = ((Normal * Normal * Normal) + Normal) / 4;
        const double Fifth = ((5 * Normal * Normal * Normal * Normal * Normal) + (16 * Normal * Normal * Normal) + (3 * Normal)) / 96;
        return Normal + (Third / freedom) + (Fifth / (freedom * freedom));
    }

    /// <summary>Normal distribution function for z below 0, by Abramowitz and Stegun, 26.2.17; wrong by less than 1e-7.</summary>
    private static double Below(double z)
    {
        var t = 1 / (1 - (0.2316419 * z));
        var polynomial = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
    }
}
