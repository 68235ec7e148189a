namespace DeltaEdge.Cli.Monitoring;

/// <summary>A page of panels, two beside each other, in this order.</summary>
/// <param name="Name">File name without ending; its identity in Grafana is <c>deltaedge-</c> and this.</param>
/// <param name="Title">What people see.</param>
/// <param name="Description">The question it answers.</param>
/// <param name="Variables">Labels that can be chosen from beside the job.</param>
/// <param name="Panels">At least one.</param>
internal sealed record Dashboard(string Name, string Title, string Description, IReadOnlyList<DashboardVariable> Variables, IReadOnlyList<Panel> Panels);
