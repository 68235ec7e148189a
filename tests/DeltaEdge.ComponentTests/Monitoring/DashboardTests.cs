using DeltaEdge.Cli.Monitoring;

namespace DeltaEdge.ComponentTests.Monitoring;

/// <summary>Grafana dashboards: the files are what the code writes, and say what they show.</summary>
public sealed class DashboardTests
{
    private static readonly string Folder = Path.Combine(MonitoringFiles.Folder, "dashboards");

    [Fact]
    public void Files_AreWhatTheCodeWrites()
    {
        Assert.Equal(Dashboards.All.Select(d => $"{d.Name}.json").Order(StringComparer.Ordinal), Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Dashboards.All, d => Assert.True(
            DashboardJson.Write(d) == File.ReadAllText(Path.Combine(Folder, $"{d.Name}.json")),
            $"{d.Name}.json is not what the code writes: run `deltaedge monitoring write --out k8s/monitoring/dashboards`."));
    }

    [Fact]
    public void EveryPanel_SaysWhatItShowsInWhichUnit() => Assert.All(Dashboards.All.SelectMany(d => d.Panels), panel =>
    {
        Assert.NotEmpty(panel.Title);
        Assert.NotEmpty(panel.Unit);
        Assert.EndsWith(".", panel.Description, StringComparison.Ordinal);
        Assert.NotEmpty(panel.Queries);
        Assert.All(panel.Queries, q => Assert.NotEmpty(q.Legend));
    });

    [Fact]
    public void EveryQuery_UsesMetricsThatExist() =>
        Assert.Empty(Dashboards.All.SelectMany(d => d.Panels).SelectMany(p => p.Queries).SelectMany(q => MonitoringFiles.UnknownNames(q.Query)));

    [Fact]
    public void EveryVariableInAQuery_IsOneOfItsDashboard() => Assert.All(Dashboards.All, dashboard =>
    {
        var used = dashboard.Panels.SelectMany(p => p.Queries).SelectMany(q => q.Query.Split("=~\"$").Skip(1)).Select(rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)]).Distinct();
        Assert.Empty(used.Except(dashboard.Variables.Select(v => v.Label).Append("job")));
    });
}
