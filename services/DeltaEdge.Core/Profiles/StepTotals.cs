namespace DeltaEdge.Core.Profiles;

/// <summary>Sums over an engine's steps since its start; the difference of two readings is what it did between them.</summary>
/// <param name="Steps">How many.</param>
/// <param name="Predicted">Seconds that the measured profile says, without correction.</param>
/// <param name="Observed">Seconds that they took.</param>
/// <param name="Squares">Sum of squared observed over predicted seconds, for their spread; seconds.</param>
public readonly record struct StepTotals(long Steps, double Predicted, double Observed, double Squares)
{
    public static StepTotals operator +(StepTotals a, StepTotals b) =>
        new(a.Steps + b.Steps, a.Predicted + b.Predicted, a.Observed + b.Observed, a.Squares + b.Squares);

    public static StepTotals operator -(StepTotals a, StepTotals b) =>
        new(a.Steps - b.Steps, a.Predicted - b.Predicted, a.Observed - b.Observed, a.Squares - b.Squares);

    /// <summary>The sums with one more step.</summary>
    /// <param name="predicted">Seconds, above 0.</param>
    /// <param name="observed">Seconds.</param>
    public StepTotals With(double predicted, double observed) => this + new StepTotals(1, predicted, observed, observed * observed / predicted);
}
