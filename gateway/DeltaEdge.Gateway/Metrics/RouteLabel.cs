namespace DeltaEdge.Gateway.Metrics;

/// <summary>Endpoint metadata: the value of the <c>route</c> label.</summary>
internal sealed record RouteLabel(string Name);
