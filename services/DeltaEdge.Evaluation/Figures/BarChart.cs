using System.Globalization;

namespace DeltaEdge.Evaluation.Figures;

/// <summary>Bars that lie, from zero, each with its interval and its number printed.</summary>
public static class BarChart
{
    private const double Width = 860;
    private const double Heading = 62;
    private const double Row = 28;
    private const double NumberWidth = 160;
    private const double LabelSize = SvgChart.TextSize * 1.08;

    /// <summary>Draws the bars in the order given.</summary>
    /// <param name="title">Of the figure.</param>
    /// <param name="subtitle">How to read it.</param>
    /// <param name="axis">Title of the axis, with the unit.</param>
    /// <param name="bars">What to draw.</param>
    /// <param name="styleOf">Style of a bar by its label.</param>
    /// <param name="reference">Bar whose value gets a dotted line through all rows; null for none. With it, numbers stand in a column.</param>
    public static string Draw(string title, string subtitle, string axis, IReadOnlyList<Bar> bars, Func<string, SeriesStyle> styleOf, Bar? reference = null)
    {
        var left = Math.Clamp(bars.Select(b => SvgText.Width(b.Label, LabelSize)).DefaultIfEmpty(0).Max() + 28, 120, 320);
        var area = new LabelBox(left, Heading, Width - left - NumberWidth, Math.Max(1, bars.Count) * Row);
        var chart = new SvgChart(Width, Heading + area.Height + 52, title, subtitle);
        var scale = Scale.Linear(bars.SelectMany(b => new[] { b.Value, b.Low, b.High }), fromZero: true);
        var panel = new Panel(chart, area, scale, Scale.Rows);
        panel.Axes(axis, "");
        var format = Format(bars);
        for (var i = 0; i < bars.Count; i++)
        {
            Draw(chart, panel, bars[i], Heading + (i * Row), format, styleOf(bars[i].Label), aligned: reference is not null);
        }

        if (reference is not null && double.IsFinite(reference.Value))
        {
            chart.Line(panel.X(reference.Value), area.Y, panel.X(reference.Value), area.Y + area.Height, Palette.Own, 1.2, "2 3");
        }

        return chart.Finish();
    }

    private static void Draw(SvgChart chart, Panel panel, Bar bar, double top, string format, SeriesStyle style, bool aligned)
    {
        var middle = top + (Row / 2);
        chart.Text(panel.Area.X - 8, middle + 4, SvgText.Fit(bar.Label, LabelSize, panel.Area.X - 24), "end", colour: style.TextColour, bold: style.Strong);
        var end = panel.X(0);
        if (double.IsFinite(bar.Value))
        {
            end = panel.X(bar.Value);
            chart.Rect(Math.Min(panel.X(0), end), top + 5, Math.Max(1, Math.Abs(end - panel.X(0))), Row - 10, style.Colour, Number(bar, format));
        }

        if (double.IsFinite(bar.Low) && double.IsFinite(bar.High))
        {
            var (low, high) = (panel.X(bar.Low), panel.X(bar.High));
            chart.Line(low, middle, high, middle, Palette.Paper, 4);
            chart.Line(low, middle, high, middle, Palette.Ink, 1.6);
            chart.Line(low, middle - 5, low, middle + 5, Palette.Ink, 1.6);
            chart.Line(high, middle - 5, high, middle + 5, Palette.Ink, 1.6);
            end = Math.Max(end, high);
        }

        var beside = aligned ? panel.Area.X + panel.Area.Width : Math.Max(end, panel.X(0));
        chart.Text(beside + 7, middle + 4, Number(bar, format), colour: style.TextColour, bold: style.Strong);
    }

    // As many decimals in every row: none for counts, two for small numbers.
    private static string Format(IReadOnlyList<Bar> bars)
    {
        double[] numbers = [.. bars.SelectMany(b => new[] { b.Value, b.Low, b.High }).Where(double.IsFinite)];
        return numbers.All(n => n == Math.Round(n)) ? "0" : numbers.Max(Math.Abs) < 10 ? "0.00" : "0.0";
    }

    private static string Number(Bar bar, string format) =>
        !double.IsFinite(bar.Value) ? "not known"
        : double.IsFinite(bar.Low) && double.IsFinite(bar.High) ? string.Create(CultureInfo.InvariantCulture, $"{Short(bar.Value, format)} [{Short(bar.Low, format)}, {Short(bar.High, format)}]")
        : Short(bar.Value, format);

    private static string Short(double value, string format) => Math.Abs(value) >= 1e6 ? Ticks.Label(value) : value.ToString(format, CultureInfo.InvariantCulture);
}
