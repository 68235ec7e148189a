namespace DeltaEdge.Core.Profiles;

/// <summary>What an answer to a question is worth by budget, and how little it may be given. Shared by all asks of one kind and stream; never changed once made.</summary>
/// <param name="Values">By rung: weight of the SLA class times expected accuracy, in weighted correct answers.</param>
/// <param name="Floor">The kind's own floor in visual tokens; 1 if it has none.</param>
public sealed record QualityCurve(double[] Values, int Floor)
{
    /// <param name="credited">Accuracy by rung as budgets are chosen by it (<see cref="Credit"/>).</param>
    /// <param name="weight">Of the SLA class.</param>
    /// <param name="floor">Of the kind, visual tokens.</param>
    public static QualityCurve Of(IReadOnlyList<double> credited, double weight, int floor) => new([.. credited.Select(a => weight * a)], floor);

    /// <summary>
    /// What budgets are chosen by: accuracy, but none counts for more than the best less its standard error, so that the cheapest of
    /// those that cannot be told from the best is as good as the best (the one-standard-error rule of Breiman and others, 1984).
    /// </summary>
    /// <param name="accuracy">By rung, 0 to 1.</param>
    /// <param name="standardError">Of the best.</param>
    public static double[] Credit(IReadOnlyList<double> accuracy, double standardError)
    {
        var most = accuracy.Max() - standardError;
        return [.. accuracy.Select(a => Math.Min(a, most))];
    }
}
