namespace DeltaEdge.Evaluation.Figures;

/// <summary>A rectangle of a chart with a scale on each side; draws values.</summary>
/// <param name="chart">What it draws on.</param>
/// <param name="area">Inside the axes, pixels.</param>
/// <param name="x">Horizontal scale, to the right.</param>
/// <param name="y">Vertical scale, upwards.</param>
public sealed class Panel(SvgChart chart, LabelBox area, Scale x, Scale y)
{
    private const double TickSize = 11;
    private double _titleEnd = area.X; // Above the panel.

    public LabelBox Area => area;

    private double Bottom => area.Y + area.Height;

    private double Right => area.X + area.Width;

    /// <summary>Pixels from the left of the chart.</summary>
    public double X(double value) => area.X + (x.Share(value) * area.Width);

    /// <summary>Pixels from the top of the chart.</summary>
    public double Y(double value) => Bottom - (y.Share(value) * area.Height);

    /// <summary>Grid, ticks and titles. A tick whose number would touch the one before keeps its grid line only.</summary>
    /// <param name="xTitle">With the unit; empty for none.</param>
    /// <param name="yTitle">With the unit; empty for none.</param>
    /// <param name="title">Above the panel; empty for none.</param>
    /// <param name="xNumbers">False where a panel below shows the same axis.</param>
    public void Axes(string xTitle, string yTitle, string title = "", bool xNumbers = true)
    {
        var free = double.PositiveInfinity;
        foreach (var tick in y.Ticks)
        {
            var at = Y(tick);
            chart.Line(area.X, at, Right, at, Palette.Grid);
            if (at <= free)
            {
                chart.Text(area.X - 7, at + 4, Ticks.Label(tick), "end", TickSize, Palette.Faint);
                free = at - TickSize - 1;
            }
        }

        var from = double.NegativeInfinity;
        foreach (var tick in x.Ticks)
        {
            var at = X(tick);
            chart.Line(at, area.Y, at, Bottom, Palette.Grid);
            var half = SvgText.Width(Ticks.Label(tick), TickSize) / 2;
            if (xNumbers && at - half >= from)
            {
                chart.Text(at, Bottom + 16, Ticks.Label(tick), "middle", TickSize, Palette.Faint);
                from = at + half + 5;
            }
        }

        chart.Line(area.X, Bottom, Right, Bottom, Palette.Axis);
        chart.Line(area.X, area.Y, area.X, Bottom, Palette.Axis);
        chart.Text(area.X + (area.Width / 2), Bottom + 34, SvgText.Fit(xTitle, SvgChart.TextSize, area.Width + 60), "middle");
        chart.Upright(area.X - 46, area.Y + (area.Height / 2), SvgText.Fit(yTitle, SvgChart.TextSize, area.Height + 30));
        if (title.Length > 0)
        {
            chart.Text(area.X, area.Y - 10, SvgText.Fit(title, 14, area.Width), size: 13, colour: Palette.Ink, bold: true);
            _titleEnd = area.X + SvgText.Width(title, 14) + 10;
        }
    }

    /// <summary>A line through the finite points, broken where one is not finite; a point alone becomes a dot.</summary>
    public void Line(IEnumerable<(double X, double Y)> points, SeriesStyle style)
    {
        var run = new List<(double X, double Y)>();
        foreach (var (px, py) in points.Append((double.NaN, double.NaN)))
        {
            if (double.IsFinite(px) && double.IsFinite(py))
            {
                run.Add((X(px), Y(py)));
                continue;
            }

            if (run.Count == 1)
            {
                chart.Marker(run[0].X, run[0].Y, style, radius: 2.5);
            }
            else if (run.Count > 1)
            {
                chart.Polyline(run, style);
            }

            run = [];
        }
    }

    /// <summary>A marker, if the point is finite.</summary>
    public void Marker(double px, double py, SeriesStyle style, string title)
    {
        if (double.IsFinite(px) && double.IsFinite(py))
        {
            chart.Marker(X(px), Y(py), style, title);
        }
    }

    /// <summary>An upright interval with short ends, if it is finite.</summary>
    public void Interval(double px, double low, double high, string colour)
    {
        if (double.IsFinite(px) && double.IsFinite(low) && double.IsFinite(high))
        {
            chart.Line(X(px), Y(low), X(px), Y(high), colour, 1.4);
            chart.Line(X(px) - 4, Y(low), X(px) + 4, Y(low), colour, 1.4);
            chart.Line(X(px) - 4, Y(high), X(px) + 4, Y(high), colour, 1.4);
        }
    }

    /// <summary>A dashed limit across the panel with its name at the right, above it.</summary>
    public void Limit(double value, string label)
    {
        if (double.IsFinite(value))
        {
            chart.Line(area.X, Y(value), Right, Y(value), Palette.Limit, 1.5, "6 4");
            chart.Text(Right - 4, Y(value) - 5, label, "end", colour: Palette.Limit);
        }
    }

    /// <summary>Dotted uprights at moments, each named above the panel, right of its title, if <paramref name="named"/> and there is room.</summary>
    public void Marks(IEnumerable<TimeMark> marks, bool named)
    {
        var free = _titleEnd;
        foreach (var mark in marks.Where(m => double.IsFinite(m.Second)).OrderBy(m => m.Second))
        {
            var at = X(mark.Second);
            chart.Line(at, area.Y, at, Bottom, Palette.Faint, 1.2, "2 3");
            var width = SvgText.Width(mark.Label, TickSize);
            if (named && at - 2 >= free && at - 2 + width <= chart.Width - 4)
            {
                chart.Text(at - 2, area.Y - 6, mark.Label, size: TickSize, colour: Palette.Faint);
                free = at + width + 10;
            }
        }
    }
}
