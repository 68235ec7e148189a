namespace DeltaEdge.Telemetry.Health;

/// <summary>A condition that holds readiness up, and why.</summary>
public sealed record NotReady(string Name, string Reason);
