using DeltaEdge.Evaluation.Figures;
using DeltaEdge.Evaluation.Runs;

namespace DeltaEdge.UnitTests.Evaluation.Figures;

public sealed class FigureTests
{
    private static readonly int[] Ladder = [576, 144, 64, 36, 16, 4, 1];

    [Fact]
    public void Plane_HasAPointAndALabelPerPolicyAndAPanelPerWorkload()
    {
        var sheet = new DrawnSheet(PlaneFigure.Draw("the plane",
        [
            new PlanePanel("w2-cv1", [new PlanePoint("deltaedge", 0.99, 0.7), new PlanePoint("slackfit", 0.9, 0.6), new PlanePoint("proteus", double.NaN, 0.6)]),
            new PlanePanel("w2-cv4", [new PlanePoint("deltaedge", 0.95, 0.6)]),
        ]));

        Assert.Contains("the plane", sheet.Texts);
        Assert.Contains("w2-cv1", sheet.Texts);
        Assert.Contains("w2-cv4", sheet.Texts);
        Assert.Equal(3 + 3, sheet.Points); // Finite points, and a swatch per policy.
        Assert.Equal(2 + 1, sheet.Texts.Count(t => t == "deltaedge"));
        Assert.Equal(1 + 1, sheet.Texts.Count(t => t == "slackfit"));
        Assert.Equal(1, sheet.Texts.Count(t => t == "proteus"));
        Assert.Equal(2, sheet.Texts.Count(t => t == "SLO attainment, %"));
    }

    [Fact]
    public void Timeline_HasTheLadderTheSlaAndItsMarks()
    {
        SecondPoint[] seconds = [.. Enumerable.Range(0, 30).Select(s => new SecondPoint(s, 10 + s, Ladder[s % 7], 0.2, 1, 0.8, 0.8))];

        var sheet = new DrawnSheet(TimelineFigure.Draw("one run", seconds, 0.5, Ladder, [new TimeMark(20, "step")]));

        Assert.All(Ladder, budget => Assert.Contains(Ticks.Label(budget), sheet.Texts));
        Assert.Contains("SLA 500 ms", sheet.Texts);
        Assert.Contains("step", sheet.Texts);
        Assert.Contains("visual tokens (log)", sheet.Texts);
        Assert.Equal(5, sheet.Count("polyline"));
    }

    [Fact]
    public void Timeline_BreaksItsLinesWhereNothingIsKnown()
    {
        SecondPoint[] seconds = [.. Enumerable.Range(0, 9).Select(s => new SecondPoint(s, 10, s == 4 ? double.NaN : 64, 0.2, 1, 0.8, 0.8))];

        Assert.Equal(6, new DrawnSheet(TimelineFigure.Draw("one run", seconds, 0.5, Ladder, [])).Count("polyline"));
    }

    [Fact]
    public void UsefulByLoad_HasALineAndANamePerPolicyAndAPointPerLoad()
    {
        double[] loads = [0.5, 1, 2];
        string[] policies = ["deltaedge", "slackfit", "fixed-576", "fixed-64"];
        LoadPoint[] points = [.. policies.SelectMany(p => loads.Select(r => new LoadPoint(p, r, 0.8 / r)))];

        var sheet = new DrawnSheet(UsefulByLoadFigure.Draw("by load", points));

        Assert.Equal(4, sheet.Count("polyline"));
        Assert.Equal(12, sheet.Points);
        Assert.All(policies, p => Assert.Contains(p, sheet.Texts));
        Assert.All(loads, r => Assert.Contains(Ticks.Label(r), sheet.Texts));
    }

    [Fact]
    public void Capacity_RanksItsBarsAndPrintsTheirNumbers()
    {
        var sheet = new DrawnSheet(CapacityFigure.Draw("capacity", "streams", "attainment at least 99 %",
            [new Bar("fixed-576", 8), new Bar("broken", double.NaN), new Bar("deltaedge", 56, 54, 59)]));

        Assert.Equal(["deltaedge", "fixed-576", "broken"], sheet.Texts.Where(t => t is "deltaedge" or "fixed-576" or "broken"));
        Assert.Contains("56 [54, 59]", sheet.Texts);
        Assert.Contains("8", sheet.Texts);
        Assert.Contains("not known", sheet.Texts);
        Assert.Equal(1 + 2, sheet.Count("rect"));
    }

    [Fact]
    public void Recovery_HasALinePerPolicyAndNamesItsMarks()
    {
        RecoveryLine[] lines = [new("deltaedge", [(0, 1), (1, 0.9), (2, 1)]), new("proteus", [(0, 1), (1, 0.5), (2, 1)])];

        var sheet = new DrawnSheet(RecoveryFigure.Draw("recovery", lines, [new TimeMark(1, "worker lost")]));

        Assert.Equal(2 + 2, sheet.Count("polyline")); // Lines, and a swatch each.
        Assert.Contains("worker lost", sheet.Texts);
        Assert.Contains("proteus", sheet.Texts);
    }

    [Fact]
    public void LatencyProfile_PrintsEveryCellAndADashForWhatIsMissing()
    {
        var sheet = new DrawnSheet(LatencyProfileFigure.Draw("profile", "p99", [new LatencyCell(576, 1, 41.61), new LatencyCell(576, 2, 148.2), new LatencyCell(1, 1, 6.058)]));

        Assert.Contains("41.6", sheet.Texts);
        Assert.Contains("148", sheet.Texts);
        Assert.Contains("6.06", sheet.Texts);
        Assert.Contains("–", sheet.Texts);
        Assert.Equal(1 + 4, sheet.Count("rect"));
    }

    [Fact]
    public void AccuracyAudit_HasAPanelPerKindAndTwoPointsPerBudget()
    {
        var sheet = new DrawnSheet(AccuracyAuditFigure.Draw("audit",
            [.. Ladder.Select(b => new AuditPoint("yes_no", b, 0.8, 0.79, 0.75, 0.83)), .. Ladder.Select(b => new AuditPoint("count", b, 0.6, 0.7, 0.65, 0.75))]));

        Assert.Contains("yes_no", sheet.Texts);
        Assert.Contains("count", sheet.Texts);
        Assert.Equal((2 * 2 * 7) + 2, sheet.Points);
        Assert.Equal((2 * 2) + 2, sheet.Count("polyline"));
    }

    [Fact]
    public void Ablation_PutsTheWholeFirstAndPrintsPercent()
    {
        var sheet = new DrawnSheet(AblationFigure.Draw("ablation", new Bar("whole", 0.742, 0.731, 0.752), [new Bar("no hysteresis", 0.7, 0.69, 0.71)]));

        Assert.Equal(["whole", "no hysteresis"], sheet.Texts.Where(t => t is "whole" or "no hysteresis"));
        Assert.Contains("74.2 [73.1, 75.2]", sheet.Texts);
        Assert.Contains("70.0 [69.0, 71.0]", sheet.Texts);
    }
}
