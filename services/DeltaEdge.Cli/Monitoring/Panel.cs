namespace DeltaEdge.Cli.Monitoring;

/// <summary>One panel of a dashboard: lines over time.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Unit">Grafana's name of the unit: percentunit, s, short, ops and so on.</param>
/// <param name="Description">What to make of it.</param>
/// <param name="Queries">PromQL with the name of what it shows; <c>{{label}}</c> in the name is a label's value.</param>
internal sealed record Panel(string Title, string Unit, string Description, params (string Query, string Legend)[] Queries);
