namespace DeltaEdge.Evaluation.Figures;

/// <summary>Figure 4: the most load that each policy carries at its promised attainment, best first.</summary>
public static class CapacityFigure
{
    /// <summary>Draws the figure.</summary>
    /// <param name="title">Of the figure.</param>
    /// <param name="unit">What is counted: <c>streams at 2 frames/s</c>, or <c>load ρ</c>.</param>
    /// <param name="condition">What must hold: <c>attainment at least 99 %</c>.</param>
    /// <param name="bars">One per policy, with the interval over seeds if there is one.</param>
    public static string Draw(string title, string unit, string condition, IReadOnlyList<Bar> bars)
    {
        var styles = PolicyStyles.For(bars.Select(b => b.Label));
        Bar[] ranked = [.. bars.OrderByDescending(b => double.IsFinite(b.Value) ? b.Value : double.NegativeInfinity)];
        return BarChart.Draw(title, $"The most that holds {condition}.", unit, ranked, name => styles[name]);
    }
}
