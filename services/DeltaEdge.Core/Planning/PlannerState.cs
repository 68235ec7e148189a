namespace DeltaEdge.Core.Planning;

/// <summary>What the planner remembers from one plan to the next.</summary>
/// <param name="Rung">Rung that the last plan allowed.</param>
/// <param name="Version">Version of the last plan.</param>
/// <param name="RicherSafeSince">Since when the next richer rung has looked safe; null if it does not.</param>
/// <param name="LastLatencyStep">When latency last forced a step down.</param>
public readonly record struct PlannerState(int Rung, long Version, TimeSpan? RicherSafeSince, TimeSpan? LastLatencyStep);
