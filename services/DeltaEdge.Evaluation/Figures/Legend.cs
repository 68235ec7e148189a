namespace DeltaEdge.Evaluation.Figures;

/// <summary>Names of series with their line and marker, in columns of one width.</summary>
public static class Legend
{
    private const double RowHeight = 20;
    private const double Swatch = 34;
    private const double Between = 14;
    private const double NameSize = SvgChart.TextSize * 1.08;

    /// <summary>Height that <see cref="Draw"/> will take, pixels.</summary>
    public static double Height(IReadOnlyList<string> names, double width)
    {
        var columns = Columns(names, width);
        return (names.Count + columns - 1) / columns * RowHeight;
    }

    /// <summary>Draws the legend from a top left corner.</summary>
    /// <param name="chart">What it is drawn on.</param>
    /// <param name="left">Pixels.</param>
    /// <param name="top">Pixels.</param>
    /// <param name="width">That it may take, pixels.</param>
    /// <param name="names">In order, row by row.</param>
    /// <param name="styles">One per name.</param>
    /// <param name="lines">Whether the series have lines.</param>
    /// <param name="markers">Whether the series have markers.</param>
    public static void Draw(
        SvgChart chart, double left, double top, double width, IReadOnlyList<string> names, IReadOnlyDictionary<string, SeriesStyle> styles, bool lines, bool markers)
    {
        var columns = Columns(names, width);
        var column = Math.Min(width / columns, Widest(names));
        for (var i = 0; i < names.Count; i++)
        {
            var (x, y, style) = (left + (i % columns * column), top + (i / columns * RowHeight) + 10, styles[names[i]]);
            if (lines)
            {
                chart.Polyline([(x, y), (x + Swatch - 8, y)], style);
            }

            if (markers)
            {
                chart.Marker(x + ((Swatch - 8) / 2), y, style, radius: Math.Min(style.Radius, 5));
            }

            chart.Text(x + Swatch, y + 4, SvgText.Fit(names[i], NameSize, column - Swatch), colour: style.TextColour, bold: style.Strong);
        }
    }

    private static int Columns(IReadOnlyList<string> names, double width) => Math.Max(1, (int)(width / Widest(names)));

    private static double Widest(IReadOnlyList<string> names) =>
        Swatch + Between + names.Select(n => SvgText.Width(n, NameSize)).DefaultIfEmpty(0).Max();
}
