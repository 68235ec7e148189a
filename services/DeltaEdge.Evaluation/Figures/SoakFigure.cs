namespace DeltaEdge.Evaluation.Figures;

/// <summary>A soak: memory, handles, threads and children of every process over its minutes, one above the other.</summary>
public static class SoakFigure
{
    private const double Width = 940;
    private const double Left = 76;
    private const double Heading = 84;
    private const double Height = 130;
    private const double Gap = 34;

    private static readonly (string Title, string Unit, Func<SoakPoint, double> Value)[] Panels =
    [
        ("resident memory", "MiB", p => p.ResidentMiB),
        ("managed heap after the last collection (workers)", "MiB", p => p.ManagedMiB),
        ("open handles", "count", p => p.Handles),
        ("threads (whole line), child processes (dashed)", "count", p => p.Threads),
    ];

    /// <summary>Draws the figure.</summary>
    /// <param name="title">Of the figure.</param>
    /// <param name="lines">One per process.</param>
    /// <param name="warmMinutes">Where measuring begins: what comes before is warm-up.</param>
    public static string Draw(string title, IReadOnlyList<SoakLine> lines, double warmMinutes)
    {
        var foot = Heading + (Panels.Length * (Height + Gap)) + 24;
        string[] names = [.. lines.Select(l => l.Name)];
        var styles = names.Select((name, i) => (name, Style: StyleOf(i))).ToDictionary(s => s.name, s => s.Style);
        var chart = new SvgChart(Width, foot + Legend.Height(names, Width - Left) + 10, title, "Trends are taken after the dotted upright.");
        var time = Scale.Exact(lines.SelectMany(l => l.Points).Select(p => p.Minute));
        for (var i = 0; i < Panels.Length; i++)
        {
            var (heading, unit, value) = Panels[i];
            var isLast = i == Panels.Length - 1;
            var values = lines.SelectMany(l => l.Points).Select(value);
            var panel = new Panel(
                chart, new LabelBox(Left, Heading + (i * (Height + Gap)), Width - Left - 24, Height), time,
                Scale.Linear(isLast ? values.Concat(lines.SelectMany(l => l.Points).Select(p => p.Children)) : values, fromZero: true, about: 4));
            panel.Axes(isLast ? "minutes" : "", unit, heading, xNumbers: isLast);
            panel.Marks([new TimeMark(warmMinutes, "measured from here")], named: i == 0);
            foreach (var line in lines)
            {
                panel.Line(line.Points.Select(p => (p.Minute, value(p))), styles[line.Name]);
                if (isLast)
                {
                    panel.Line(line.Points.Select(p => (p.Minute, p.Children)), styles[line.Name] with { Dash = "5 3" });
                }
            }
        }

        Legend.Draw(chart, Left, foot, Width - Left - 20, names, styles, lines: true, markers: false);
        return chart.Finish();
    }

    private static SeriesStyle StyleOf(int index) =>
        new(index == 0 ? Palette.Own : Palette.Baselines[(index - 1) % Palette.Baselines.Length], MarkerShape.Circle);
}
