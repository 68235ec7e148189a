namespace DeltaEdge.Cli.Monitoring;

/// <summary>All of them. <c>deltaedge monitoring write</c> puts them into k8s/monitoring/dashboards; a test holds the two together.</summary>
internal static class Dashboards
{
    public static IReadOnlyList<Dashboard> All { get; } = [SlaDashboard.Create(), QualityDashboard.Create(), CapacityDashboard.Create(), StreamsDashboard.Create(), CostDashboard.Create()];
}
