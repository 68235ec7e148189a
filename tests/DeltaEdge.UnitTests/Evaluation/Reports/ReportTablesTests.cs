using DeltaEdge.Evaluation.Reports;
using DeltaEdge.Evaluation.Runs;
using static DeltaEdge.UnitTests.Evaluation.Reports.Summaries;

namespace DeltaEdge.UnitTests.Evaluation.Reports;

public sealed class ReportTablesTests
{
    [Fact]
    public void Summary_PrintsOneRunAsItIs()
    {
        var table = ReportTables.Summary("w1", [Run("proteus")]);

        Assert.Equal("w1", table.Caption);
        Assert.Equal(
            ["proteus", "99.12", "60.00", "70.0", "71.0", "20.0", "77", "100", "200", "300", "80.0", "–", "–", "12.3", "0.980", "–", "0"],
            Assert.Single(table.Rows).Select(c => c.Text));
        Assert.Equal(table.Headers.Length, table.Rows[0].Length);
    }

    [Fact]
    public void Summary_AveragesSeedsButKeepsTheWorst()
    {
        var worse = Run("deltaedge", seed: 2, useful: 0.5) with { MaxAccuracyDrop = 0.3, WorstTenSeconds = 0.6, RecoverySeconds = double.PositiveInfinity, OnsetP95Seconds = 0.3, FloorViolations = 2 };

        var row = Assert.Single(ReportTables.Summary("w1", [Run("deltaedge") with { RecoverySeconds = 2, OnsetP95Seconds = 0.2 }, worse]).Rows);

        Assert.Equal(new ReportCell("deltaedge", Strong: true), row[0]);
        Assert.Equal("55.00", row[2].Text);
        Assert.Equal("30.0", row[5].Text);
        Assert.Equal("60.0", row[10].Text);
        Assert.Equal("never", row[11].Text);
        Assert.Equal("250", row[12].Text);
        Assert.Equal(new ReportCell("2", Strong: true), row[^1]);
    }

    [Fact]
    public void Summary_KeepsTheOrderOfPolicies() =>
        Assert.Equal(["b", "a", "c"], ReportTables.Summary("w1", [Run("b"), Run("a"), Run("b", seed: 2), Run("c")]).Rows.Select(r => r[0].Text));

    [Theory]
    [InlineData(0.0312, 0.021, 0.04, "+3.12", "[+2.10, +4.00]", "win")]
    [InlineData(-0.01, -0.02, -0.004, "-1.00", "[-2.00, -0.40]", "loss")]
    [InlineData(0.001, -0.002, 0.004, "+0.10", "[-0.20, +0.40]", "tie")]
    [InlineData(0, 0, 0, "0.00", "[0.00, 0.00]", "tie")]
    [InlineData(double.NaN, double.NaN, double.NaN, "–", "[–, –]", "–")]
    public void Comparison_IsAWinOnlyIfItsWholeIntervalIs(double difference, double low, double high, string points, string interval, string verdict)
    {
        var row = Assert.Single(ReportTables.Comparisons("against", [new Comparison("w2", "deltaedge", "slackfit", difference, low, high)]).Rows);

        Assert.Equal(["w2", "deltaedge", "slackfit", points, interval, verdict], row.Select(c => c.Text));
    }

    [Fact]
    public void Matrix_MarksTheBestOfEachWorkloadButNoBound()
    {
        var table = ReportTables.UsefulMatrix("useful",
        [
            Run("oracle", "w1", useful: 0.9), Run("oracle", "w2", useful: 0.9),
            Run("deltaedge", "w1", useful: 0.8), Run("deltaedge", "w2", 1, 0.6), Run("deltaedge", "w2", 2, 0.7),
            Run("slackfit", "w1", useful: 0.80001), Run("slackfit", "w2", useful: 0.6), Run("proteus", "w2", useful: double.NaN),
        ]);

        Assert.Equal(["policy", "w1", "w2"], table.Headers);
        Assert.Equal([new("oracle"), new("90.0"), new("90.0")], table.Rows[0]);
        Assert.Equal([new("deltaedge", true), new("80.0", true), new("65.0", true)], table.Rows[1]);
        Assert.Equal([new("slackfit"), new("80.0", true), new("60.0")], table.Rows[2]);
        Assert.Equal([new("proteus"), new("–"), new("–")], table.Rows[3]);
    }

    [Fact]
    public void NoRuns_GiveEmptyTables()
    {
        Assert.Empty(ReportTables.Summary("none", []).Rows);
        Assert.Empty(ReportTables.UsefulMatrix("none", []).Rows);
    }

    [Theory]
    [InlineData(-0.0001, 1, "0.0")]
    [InlineData(1.25, 1, "1.3")]
    [InlineData(double.NaN, 1, "–")]
    [InlineData(double.PositiveInfinity, 0, "never")]
    public void Numbers_PrintNoMinusBeforeZero(double value, int decimals, string text) => Assert.Equal(text, Numbers.Fixed(value, decimals));
}
