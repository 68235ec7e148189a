using System.Text.RegularExpressions;
using DeltaEdge.ComponentTests.Fixtures;

namespace DeltaEdge.ComponentTests.Monitoring;

/// <summary>Recording and alerting rules, held against Prometheus' own checker, the instruments and the runbook.</summary>
public sealed partial class RuleTests
{
    private static readonly string Alerts = File.ReadAllText(MonitoringFiles.Rules("alerts.yaml"));

    private static readonly IReadOnlyList<string> AlertNames = [.. AlertName().Matches(Alerts).Select(m => m.Groups[1].Value)];

    [Theory]
    [InlineData("recording.yaml")]
    [InlineData("alerts.yaml")]
    public Task Rules_AreWellFormed(string file) => Promtool.PassesAsync(null, "check", "rules", MonitoringFiles.Rules(file));

    [Theory]
    [InlineData("recording.yaml")]
    [InlineData("alerts.yaml")]
    public Task Rules_ComeToWhatTheirTestsSay(string file) => Promtool.PassesAsync(null, "test", "rules", MonitoringFiles.Rules(Path.Combine("tests", file)));

    [Theory]
    [InlineData("recording.yaml")]
    [InlineData("alerts.yaml")]
    public void Rules_UseMetricsThatExist(string file) => Assert.Empty(MonitoringFiles.UnknownNames(File.ReadAllText(MonitoringFiles.Rules(file))));

    [Fact]
    public void EveryAlert_IsTestedFiringAndQuiet()
    {
        var cases = File.ReadAllText(MonitoringFiles.Rules("tests/alerts.yaml")).Split("  - name: ");

        Assert.NotEmpty(AlertNames);
        Assert.All(AlertNames, name =>
        {
            var own = cases.Where(c => c.Contains($"alertname: {name}\n", StringComparison.Ordinal)).ToList();
            Assert.Contains(own, c => c.Contains("exp_labels:", StringComparison.Ordinal));
            Assert.Contains(own, c => c.Contains("exp_alerts: []", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void EveryAlert_HasItsChapterInTheRunbookAndTheOtherWayRound()
    {
        var chapters = Chapter().Matches(File.ReadAllText(Repository.PathOf("docs", "runbook.md"))).Select(m => m.Groups[1].Value);

        Assert.Equal(AlertNames.Order(StringComparer.Ordinal), chapters.Order(StringComparer.Ordinal));
        Assert.All(AlertNames, name => Assert.Contains($"runbook: docs/runbook.md#{name.ToLowerInvariant()}\n", Alerts, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"(?m)^## (DeltaEdge\w+)$")]
    private static partial Regex Chapter();
}
