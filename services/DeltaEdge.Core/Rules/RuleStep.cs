namespace DeltaEdge.Core.Rules;

/// <param name="State">What the rule remembers now.</param>
/// <param name="Fires">Whether the answer is an event.</param>
/// <param name="Previous">If it fires: the answer before the condition came true; null if there was none.</param>
public readonly record struct RuleStep(RuleState State, bool Fires, string? Previous);
