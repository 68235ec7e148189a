using System.Globalization;

namespace DeltaEdge.Evaluation.Figures;

/// <summary>Figure 1: SLO attainment against mean serving accuracy, a panel per workload (the plane of SuperServe, NSDI'25).</summary>
public static class PlaneFigure
{
    private const double Heading = 56;
    private const double TextHeight = 13;
    private const double TextSize = 11;

    // Orders in which labels may look for room, after ours: the one that leaves fewest without is kept.
    private static readonly Func<Spot, double>[] Orders = [s => s.Y, s => -s.Y, s => s.X, s => -s.X, s => s.Y + s.X, s => s.Y - s.X];

    /// <summary>Draws the figure. Points that are not finite are left out; a label without room is left to the legend.</summary>
    public static string Draw(string title, IReadOnlyList<PlanePanel> panels)
    {
        var grid = new FigureGrid(columns: 2, width: 430, height: 340);
        string[] names = [.. panels.SelectMany(p => p.Points).Select(p => p.Policy).Distinct()];
        var styles = PolicyStyles.For(names);
        var width = grid.Width(panels.Count);
        var foot = Heading + grid.Height(panels.Count);
        var chart = new SvgChart(width, foot + Legend.Height(names, width - 40) + 12, title, "Up and to the right is better: more answers in time, and more of those right.");
        for (var i = 0; i < panels.Count; i++)
        {
            Draw(chart, grid.Area(i, Heading), panels[i], styles);
        }

        Legend.Draw(chart, 20, foot, width - 40, names, styles, lines: false, markers: true);
        return chart.Finish();
    }

    private static void Draw(SvgChart chart, LabelBox area, PlanePanel data, IReadOnlyDictionary<string, SeriesStyle> styles)
    {
        PlanePoint[] points = [.. data.Points.Where(p => double.IsFinite(p.Attainment) && double.IsFinite(p.Accuracy))];
        var x = Scale.Padded(points.Select(p => p.Attainment * 100), 0, 100);
        var y = Scale.Padded(points.Select(p => p.Accuracy * 100), 0, 100);
        var panel = new Panel(chart, area, x, y);
        panel.Axes("SLO attainment, %", "mean serving accuracy, %", data.Workload);
        Spot[] spots = [.. points
            .Select(p => new Spot(p, panel.X(p.Attainment * 100), panel.Y(p.Accuracy * 100), styles[p.Policy]))
            .OrderBy(s => s.Style.Strong)];
        foreach (var (spot, box) in Orders.Select(order => Place(area, spots, order)).MaxBy(placed => placed.Count)!)
        {
            Label(chart, spot, box);
        }

        foreach (var spot in spots)
        {
            chart.Marker(spot.X, spot.Y, spot.Style, string.Create(
                CultureInfo.InvariantCulture, $"{spot.Point.Policy}: attainment {spot.Point.Attainment:p1}, accuracy {spot.Point.Accuracy:p1}"));
        }
    }

    private static List<(Spot Spot, LabelBox Box)> Place(LabelBox area, Spot[] spots, Func<Spot, double> order)
    {
        var placer = new LabelPlacer(area.X + 2, area.Y + 2, area.X + area.Width - 2, area.Y + area.Height - 2);
        foreach (var spot in spots)
        {
            var r = spot.Style.Radius + 1;
            placer.Block(new LabelBox(spot.X - r, spot.Y - r, 2 * r, 2 * r));
        }

        var placed = new List<(Spot, LabelBox)>();
        foreach (var spot in spots.OrderByDescending(s => s.Style.Strong).ThenBy(order))
        {
            if (placer.Place(spot.X, spot.Y, SvgText.Width(spot.Text, spot.Style.Strong ? TextSize * 1.08 : TextSize) + 2, TextHeight, spot.Style.Radius) is { } box)
            {
                placed.Add((spot, box));
            }
        }

        return placed;
    }

    private static void Label(SvgChart chart, Spot spot, LabelBox box)
    {
        var (x, y) = box.Nearest(spot.X, spot.Y);
        if (Math.Abs(x - spot.X) + Math.Abs(y - spot.Y) > spot.Style.Radius + 8)
        {
            chart.Line(spot.X, spot.Y, x, y, Palette.Axis, 0.8);
        }

        chart.Text(box.X + 1, box.Y + TextHeight - 3, spot.Text, size: TextSize, colour: spot.Style.TextColour, bold: spot.Style.Strong);
    }

    private sealed record Spot(PlanePoint Point, double X, double Y, SeriesStyle Style)
    {
        public string Text { get; } = SvgText.Fit(Point.Policy, TextSize, 150);
    }
}
