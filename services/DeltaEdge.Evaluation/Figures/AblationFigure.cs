namespace DeltaEdge.Evaluation.Figures;

/// <summary>Figure 8: useful answers of the whole system and of variants that lack one part each, with 95 % intervals.</summary>
public static class AblationFigure
{
    private static readonly SeriesStyle Own = new(Palette.Own, MarkerShape.Circle, Strong: true);
    private static readonly SeriesStyle Variant = new(Palette.Fixed, MarkerShape.Square);

    /// <summary>Draws the figure.</summary>
    /// <param name="title">Of the figure.</param>
    /// <param name="whole">The system with all its parts: first, strong, with a line through the others. Shares, 0 to 1.</param>
    /// <param name="variants">What is left without one part each, in the order given. Shares, 0 to 1.</param>
    public static string Draw(string title, Bar whole, IReadOnlyList<Bar> variants)
    {
        Bar[] bars = [.. variants.Prepend(whole).Select(b => new Bar(b.Label, b.Value * 100, b.Low * 100, b.High * 100))];
        var first = bars[0];
        return BarChart.Draw(title, "Useful: answered before the deadline, and correct. Intervals of 95 %.", "useful answers, %", bars, name => name == first.Label ? Own : Variant, first);
    }
}
