namespace DeltaEdge.Gateway.Status;

/// <summary>How well this gateway knows the others.</summary>
/// <param name="Reachable">Whether the last look reached the store; if not, the fleet is shown as it was known.</param>
/// <param name="AgeSeconds">Time since it last did.</param>
internal sealed record SharedStateStatus(bool Reachable, double AgeSeconds);
