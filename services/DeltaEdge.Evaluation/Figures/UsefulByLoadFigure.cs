using System.Globalization;

namespace DeltaEdge.Evaluation.Figures;

/// <summary>Figure 3: useful answers against load, a line per policy, named at its right end.</summary>
public static class UsefulByLoadFigure
{
    private const double Width = 940;
    private const double Left = 76;
    private const double Heading = 66;
    private const double LabelWidth = 170;
    private const double LabelGap = 15;

    /// <summary>Draws the figure. Points that are not finite are gaps.</summary>
    public static string Draw(string title, IReadOnlyList<LoadPoint> points)
    {
        var policies = points.GroupBy(p => p.Policy).ToArray();
        var styles = PolicyStyles.For(policies.Select(p => p.Key));
        policies = [.. policies.OrderBy(p => styles[p.Key].Strong)];
        var area = new LabelBox(Left, Heading, Width - Left - LabelWidth - 34, Math.Max(340, policies.Length * LabelGap));
        var chart = new SvgChart(Width, Heading + area.Height + 52, title, "Useful: answered before the deadline, and correct. Everything that arrived counts, also what was refused.");
        var panel = new Panel(chart, area, Scale.Steps(points.Select(p => p.Rho)), Scale.Linear(points.Select(p => p.Useful * 100), fromZero: true, about: 6));
        panel.Axes("load ρ = offered / capacity at the largest budget (log)", "useful answers, %");
        foreach (var policy in policies)
        {
            var style = styles[policy.Key];
            panel.Line(policy.OrderBy(p => p.Rho).Select(p => (p.Rho, p.Useful * 100)), style);
            foreach (var point in policy)
            {
                panel.Marker(point.Rho, point.Useful * 100, style, string.Create(CultureInfo.InvariantCulture, $"{point.Policy} at ρ {point.Rho:0.##}: {point.Useful:p1}"));
            }
        }

        Names(chart, panel, policies, styles);
        return chart.Finish();
    }

    private static void Names(SvgChart chart, Panel panel, IGrouping<string, LoadPoint>[] policies, IReadOnlyDictionary<string, SeriesStyle> styles)
    {
        LoadPoint[] ends = [.. policies
            .Select(p => p.Where(e => double.IsFinite(e.Rho) && double.IsFinite(e.Useful)).MaxBy(e => e.Rho))
            .OfType<LoadPoint>()];
        var wanted = ends.Select(e => panel.Y(e.Useful * 100)).ToArray();
        var placed = LabelPlacer.Spread(wanted, LabelGap, panel.Area.Y, panel.Area.Y + panel.Area.Height);
        var x = panel.Area.X + panel.Area.Width + 26;
        for (var i = 0; i < ends.Length; i++)
        {
            var style = styles[ends[i].Policy];
            chart.Line(panel.X(ends[i].Rho) + 8, wanted[i], x - 4, placed[i], Palette.Axis, 0.8);
            chart.Text(x, placed[i] + 4, SvgText.Fit(ends[i].Policy, SvgChart.TextSize * 1.08, LabelWidth), colour: style.TextColour, bold: style.Strong);
        }
    }
}
