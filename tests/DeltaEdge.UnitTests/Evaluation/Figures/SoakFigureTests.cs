using DeltaEdge.Evaluation.Figures;

namespace DeltaEdge.UnitTests.Evaluation.Figures;

public sealed class SoakFigureTests
{
    [Fact]
    public void TwoProcesses_HaveALineEachInEveryPanelAndAName()
    {
        SoakPoint[] points = [.. Enumerable.Range(0, 20).Select(m => new SoakPoint(m, 200 + m, 20, 150, 40, 2))];

        var sheet = new DrawnSheet(SoakFigure.Draw("twenty minutes", [new SoakLine("worker-1", points), new SoakLine("worker-2", points)], warmMinutes: 4));

        Assert.Contains("twenty minutes", sheet.Texts);
        Assert.Contains("resident memory", sheet.Texts);
        Assert.Contains("open handles", sheet.Texts);
        Assert.Contains("measured from here", sheet.Texts);
        Assert.Contains("worker-2", sheet.Texts);
        Assert.Equal((2 * 5) + 2, sheet.Count("polyline")); // Four panels, children beside threads, a swatch each.
    }

    [Fact]
    public void UnknownHeap_IsAGap()
    {
        SoakPoint[] points = [.. Enumerable.Range(0, 5).Select(m => new SoakPoint(m, 200, double.NaN, 150, 40, 2))];

        Assert.Equal(4 + 1, new DrawnSheet(SoakFigure.Draw("gateway", [new SoakLine("gateway-1", points)], 1)).Count("polyline"));
    }
}
