namespace DeltaEdge.Evaluation.Figures;

/// <summary>Figure 5: attainment second by second around a step of load or a failure, policies over each other, ours on top.</summary>
public static class RecoveryFigure
{
    private const double Width = 940;
    private const double Left = 76;
    private const double Heading = 80;
    private const double PlotHeight = 330;

    /// <summary>Draws the figure. Values that are not finite are gaps.</summary>
    /// <param name="title">Of the figure.</param>
    /// <param name="lines">One per policy; few are read more easily.</param>
    /// <param name="marks">What happened when.</param>
    public static string Draw(string title, IReadOnlyList<RecoveryLine> lines, IReadOnlyList<TimeMark> marks)
    {
        string[] names = [.. lines.Select(l => l.Policy).Distinct()];
        var styles = PolicyStyles.For(names);
        var foot = Heading + PlotHeight + 50;
        var chart = new SvgChart(Width, foot + Legend.Height(names, Width - Left) + 10, title, "Share of each second's asks that were answered before their deadlines.");
        var time = Scale.Exact(lines.SelectMany(l => l.Seconds).Select(s => s.Second).Concat(marks.Select(m => m.Second)));
        var panel = new Panel(chart, new LabelBox(Left, Heading, Width - Left - 24, PlotHeight), time, Scale.Between(0, 104, about: 6));
        panel.Axes("time, seconds", "SLO attainment, %");
        panel.Marks(marks, named: true);
        foreach (var line in lines.OrderBy(l => styles[l.Policy].Strong))
        {
            panel.Line(line.Seconds.Select(s => (s.Second, s.Attainment * 100)), styles[line.Policy]);
        }

        Legend.Draw(chart, Left, foot, Width - Left - 20, names, styles, lines: true, markers: false);
        return chart.Finish();
    }
}
