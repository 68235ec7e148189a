using DeltaEdge.Evaluation.Figures;
using DeltaEdge.Evaluation.Runs;

namespace DeltaEdge.Cli.Smoke;

/// <summary>Draws the step-load experiment second by second; where nothing was asked or answered the lines have a gap.</summary>
internal static class StepFigure
{
    public static string Draw(SmokeReport report)
    {
        var marks = new List<TimeMark>();
        var from = 0;
        foreach (var (name, _, seconds) in StepLoad.Plan)
        {
            marks.Add(new TimeMark(from, name));
            from += seconds;
        }

        return TimelineFigure.Draw("A step of load", [.. report.Seconds.Select(Point)], report.DeadlineMs / 1000.0, [.. report.Stages.Select(s => s.Budget)], marks);
    }

    private static SecondPoint Point(StepSecond second) => new(
        second.Second, second.AsksPerSecond, second.MeanBudget ?? double.NaN, second.P95Ms / 1000 ?? double.NaN, second.Attainment ?? double.NaN, Accuracy: double.NaN, Useful: double.NaN);
}
