using System.Globalization;

namespace DeltaEdge.Evaluation.Figures;

/// <summary>Figure 6: the latency profile as a heat map, budget by batch, milliseconds printed in the cells; shades are logarithmic.</summary>
public static class LatencyProfileFigure
{
    private const double Left = 96;
    private const double Heading = 62;
    private const double CellWidth = 92;
    private const double CellHeight = 40;

    /// <summary>Draws the figure. A cell that is missing or not finite has a dash.</summary>
    public static string Draw(string title, string subtitle, IReadOnlyList<LatencyCell> cells)
    {
        int[] budgets = [.. cells.Select(c => c.Budget).Distinct().OrderDescending()];
        int[] batches = [.. cells.Select(c => c.Batch).Distinct().Order()];
        var (width, height) = (batches.Length * CellWidth, budgets.Length * CellHeight);
        var chart = new SvgChart(Math.Max(640, Left + width + 30), Heading + height + 56, title, subtitle);
        var shades = Scale.Logarithmic(cells.Select(c => c.Milliseconds));
        for (var row = 0; row < budgets.Length; row++)
        {
            var y = Heading + (row * CellHeight);
            chart.Text(Left - 10, y + (CellHeight / 2) + 4, budgets[row].ToString(CultureInfo.InvariantCulture), "end");
            for (var column = 0; column < batches.Length; column++)
            {
                var cell = cells.LastOrDefault(c => c.Budget == budgets[row] && c.Batch == batches[column]);
                Draw(chart, Left + (column * CellWidth), y, cell?.Milliseconds ?? double.NaN, shades);
            }
        }

        for (var column = 0; column < batches.Length; column++)
        {
            chart.Text(Left + ((column + 0.5) * CellWidth), Heading + height + 18, batches[column].ToString(CultureInfo.InvariantCulture), "middle");
        }

        chart.Text(Left + (width / 2), Heading + height + 42, "batch, asks", "middle");
        chart.Upright(34, Heading + (height / 2), SvgText.Fit("budget, visual tokens", SvgChart.TextSize, height + 20));
        return chart.Finish();
    }

    private static void Draw(SvgChart chart, double x, double y, double milliseconds, Scale shades)
    {
        var known = double.IsFinite(milliseconds);
        var (fill, text) = known ? Palette.Heat(shades.Share(milliseconds)) : (Palette.Grid, Palette.Faint);
        chart.Rect(x + 1, y + 1, CellWidth - 2, CellHeight - 2, fill);
        chart.Text(x + (CellWidth / 2), y + (CellHeight / 2) + 5, known ? Milliseconds(milliseconds) : "–", "middle", 13, text);
    }

    private static string Milliseconds(double value) => Math.Abs(value) switch
    {
        >= 1e5 => Ticks.Label(value),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
