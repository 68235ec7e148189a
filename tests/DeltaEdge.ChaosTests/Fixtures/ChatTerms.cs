namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>What an ask of a load wants.</summary>
/// <param name="SlaClass">priority, default or flex.</param>
/// <param name="MinTokens">Floor.</param>
/// <param name="MaxTokens">Ceiling.</param>
/// <param name="DeadlineMs">Deadline from capture; null for the class's own.</param>
internal sealed record ChatTerms(string SlaClass, int MinTokens = 1, int MaxTokens = 576, int? DeadlineMs = null);
