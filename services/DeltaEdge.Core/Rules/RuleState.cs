namespace DeltaEdge.Core.Rules;

/// <summary>What a rule remembers of the answers it has seen.</summary>
/// <param name="IsArmed">Whether it may fire: the condition was false since it last did.</param>
/// <param name="Run">Answers in a row for which the condition held.</param>
/// <param name="Before">The last answer for which it did not hold; of <c>changes</c>, the answer that counts as the present one.</param>
/// <param name="Candidate">Of <c>changes</c>: the other answer that has come <paramref name="Run"/> times in a row.</param>
/// <param name="FiredAt">Capture time of the last frame it fired on.</param>
public readonly record struct RuleState(bool IsArmed, int Run, string? Before, string? Candidate, DateTimeOffset? FiredAt);
