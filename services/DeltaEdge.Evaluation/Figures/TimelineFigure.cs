using DeltaEdge.Evaluation.Runs;

namespace DeltaEdge.Evaluation.Figures;

/// <summary>Figure 2: one run second by second: offered load, budget, p95 against the SLA, accuracy where it is known and attainment, one above the other.</summary>
public static class TimelineFigure
{
    private const double Width = 940;
    private const double Left = 76;
    private const double Heading = 74;
    private const double Gap = 34;
    private const double Low = 110;
    private const double High = 180;

    /// <summary>Draws the figure.</summary>
    /// <param name="title">Policy and workload.</param>
    /// <param name="seconds">The run; not finite values are gaps.</param>
    /// <param name="slaSeconds">Deadline, seconds.</param>
    /// <param name="ladder">Budgets that the model serves, visual tokens.</param>
    /// <param name="marks">What happened when.</param>
    public static string Draw(string title, IReadOnlyList<SecondPoint> seconds, double slaSeconds, IReadOnlyList<int> ladder, IReadOnlyList<TimeMark> marks)
    {
        var chart = new SvgChart(Width, Heading + Low + High + Low + Low + (3 * Gap) + 46, title);
        var time = Scale.Exact(seconds.Select(s => s.Second));
        var own = new SeriesStyle(Palette.Own, MarkerShape.Circle, Strong: true);
        var top = Heading;

        var load = Next(chart, ref top, Low, time, Scale.Linear(seconds.Select(s => s.Offered), fromZero: true, about: 4));
        load.Axes("", "asks/s", "offered load", xNumbers: false);
        load.Marks(marks, named: true);
        load.Line(seconds.Select(s => (s.Second, s.Offered)), new SeriesStyle(Palette.Text, MarkerShape.Circle));

        var budget = Next(chart, ref top, High, time, Scale.Steps(ladder.Select(b => (double)b)));
        budget.Axes("", "visual tokens (log)", "mean budget", xNumbers: false);
        budget.Marks(marks, named: false);
        budget.Line(seconds.Select(s => (s.Second, s.MeanBudget > 0 ? s.MeanBudget : double.NaN)), own);

        var p95 = Next(chart, ref top, Low, time, Scale.Linear(seconds.Select(s => s.P95Seconds * 1000).Append(slaSeconds * 1100), fromZero: true, about: 4));
        p95.Axes("", "milliseconds", "p95 latency", xNumbers: false);
        p95.Marks(marks, named: false);
        p95.Line(seconds.Select(s => (s.Second, s.P95Seconds * 1000)), new SeriesStyle(Palette.Baselines[1], MarkerShape.Circle));
        p95.Limit(slaSeconds * 1000, $"SLA {Ticks.Label(slaSeconds * 1000)} ms");

        var right = Next(chart, ref top, Low, time, Scale.Between(0, 100, about: 5));
        var isGraded = seconds.Any(s => double.IsFinite(s.Accuracy));
        right.Axes("time, seconds", "%", isGraded ? "accuracy of answers on time (whole line), SLO attainment (dashed)" : "SLO attainment");
        right.Marks(marks, named: false);
        right.Line(seconds.Select(s => (s.Second, s.Attainment * 100)), new SeriesStyle(Palette.Fixed, MarkerShape.Circle, "5 3"));
        right.Line(seconds.Select(s => (s.Second, s.Accuracy * 100)), new SeriesStyle(Palette.Baselines[2], MarkerShape.Circle));
        return chart.Finish();
    }

    private static Panel Next(SvgChart chart, ref double top, double height, Scale time, Scale values)
    {
        var panel = new Panel(chart, new LabelBox(Left, top, Width - Left - 24, height), time, values);
        top += height + Gap;
        return panel;
    }
}
