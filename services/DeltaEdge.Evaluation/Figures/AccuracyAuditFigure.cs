using System.Globalization;

namespace DeltaEdge.Evaluation.Figures;

/// <summary>Figure 7: expected and audited accuracy by budget, a panel per kind of question.</summary>
public static class AccuracyAuditFigure
{
    private const double Heading = 84;
    private const string ExpectedName = "expected (stated with the answer)";
    private const string AuditedName = "audited (graded against the truth)";

    private static readonly SeriesStyle AuditedDot = new(Palette.Own, MarkerShape.Circle);

    private static readonly Dictionary<string, SeriesStyle> Styles = new()
    {
        [AuditedName] = AuditedDot,
        [ExpectedName] = new SeriesStyle(Palette.Text, MarkerShape.Ring, "5 3"),
    };

    /// <summary>Draws the figure. Points that are not finite are gaps.</summary>
    public static string Draw(string title, IReadOnlyList<AuditPoint> points)
    {
        var kinds = points.GroupBy(p => p.Kind).ToArray();
        var grid = new FigureGrid(columns: 3, width: 260, height: 190);
        var width = grid.Width(kinds.Length);
        var chart = new SvgChart(width, Heading + grid.Height(kinds.Length) + 4, title, "Where the two lines agree, the system says of its answers what is true. Intervals of 95 %.");
        Legend.Draw(chart, 20, 56, width - 40, [AuditedName, ExpectedName], Styles, lines: true, markers: true);
        var budgets = Scale.Steps(points.Select(p => (double)p.Budget));
        for (var i = 0; i < kinds.Length; i++)
        {
            var panel = new Panel(chart, grid.Area(i, Heading), budgets, Scale.Between(0, 100));
            panel.Axes("visual tokens (log)", "accuracy, %", kinds[i].Key);
            Draw(panel, [.. kinds[i].OrderBy(p => p.Budget)]);
        }

        return chart.Finish();
    }

    private static void Draw(Panel panel, IReadOnlyList<AuditPoint> points)
    {
        panel.Line(points.Select(p => ((double)p.Budget, p.Expected * 100)), Styles[ExpectedName]);
        panel.Line(points.Select(p => ((double)p.Budget, p.Audited * 100)), AuditedDot);
        foreach (var p in points)
        {
            panel.Marker(p.Budget, p.Expected * 100, Styles[ExpectedName], "");
            panel.Interval(p.Budget, p.Low * 100, p.High * 100, Palette.Own);
            panel.Marker(p.Budget, p.Audited * 100, AuditedDot, string.Create(
                CultureInfo.InvariantCulture, $"{p.Kind} at {p.Budget} tokens: expected {p.Expected:p1}, audited {p.Audited:p1}"));
        }
    }
}
