using System.Xml.Linq;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Evaluation.Reports;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Statistics;
using DeltaEdge.Evaluation.Workloads;
using DeltaEdge.UnitTests.Evaluation.Statistics;

namespace DeltaEdge.UnitTests.Evaluation.Reports;

public sealed class ComparisonReportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltaedge-report-");
    private readonly ComparisonReport _report = new("deltaedge", TokenLadder.Default);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void OnePolicy_IsComparedWithNobody()
    {
        _report.Add(Run("deltaedge", "step", useful: 10));

        Assert.Empty(_report.Comparisons());
        Assert.DoesNotContain(_report.Sections(), s => s.Section.Heading.Contains("against", StringComparison.Ordinal));
    }

    [Fact]
    public void EveryOtherPolicy_IsComparedOnItsWorkloads()
    {
        _report.Add(Run("deltaedge", "step", useful: 10));
        _report.Add(Run("fixed-576", "step", useful: 4));
        _report.Add(Run("deltaedge", "w2-cv4", useful: 9));

        var comparison = Assert.Single(_report.Comparisons());
        Assert.Equal(("step", "fixed-576"), (comparison.Workload, comparison.Baseline));
        Assert.Equal(0.6, comparison.Difference, 9);
    }

    [Fact]
    public void SweepOverLoads_IsDrawnWithTheBound()
    {
        foreach (var rho in (string[])["w1-rho0.5", "w1-rho2"])
        {
            _report.Add(Run("deltaedge", rho, useful: 10));
            _report.Add(Run("fixed-576", rho, useful: 5));
            _report.AddBound(Summarizer.Summarize(Run("oracle", rho, useful: 10)));
        }

        var (section, names) = Assert.Single(_report.Sections(), s => s.Section.Heading == "By load");
        Assert.Equal(["useful-by-load", "capacity"], names);
        Assert.Contains("oracle", section.Drawings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Ablation_IsDrawnForOwnVariantsOnly()
    {
        _report.Add(Run("deltaedge", "step", useful: 10));
        _report.Add(Run("deltaedge-fifo", "step", useful: 8));
        _report.Add(Run("fixed-576", "step", useful: 4));

        var drawing = Assert.Single(_report.Sections(), s => s.Section.Heading == "Ablation").Section.Drawings[0];
        Assert.Contains("deltaedge-fifo", drawing, StringComparison.Ordinal);
        Assert.DoesNotContain("fixed-576", drawing, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_AreWellFormedAndReadBack()
    {
        _report.Add(Run("deltaedge", "step", useful: 10));
        _report.Add(Run("fixed-576", "step", useful: 4));

        var text = ReportFiles.Write(_folder.FullName, "A <report>", "What & where.", _report);

        Assert.Contains("fixed-576", text, StringComparison.Ordinal);
        Assert.All(_folder.GetFiles("*.svg"), f => XDocument.Load(f.FullName));
        using var file = File.OpenRead(Path.Combine(_folder.FullName, "summaries.json"));
        Assert.Equal(_report.Summaries.Select(s => s.UsefulAnswers), RunJson.ReadSummaries(file).Select(s => s.UsefulAnswers));
    }

    private static PolicyRun Run(string policy, string workload, int useful)
    {
        var arrivals = Enumerable.Range(0, 10).Select(i => (At: i + 0.5, Stream: i % 2)).ToArray();
        Workload made = TestRuns.Workload(10, 2, arrivals) with { Name = workload, StepAtSeconds = workload == "step" ? 5 : null };
        return TestRuns.Run(made, (i, _) => i < useful ? TestRuns.OnTime() : TestRuns.Unanswered(AskEndKind.Rejected), policy);
    }
}
