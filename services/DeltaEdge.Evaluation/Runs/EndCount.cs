namespace DeltaEdge.Evaluation.Runs;

/// <summary>How many asks of a run ended in one way.</summary>
/// <param name="End">The way.</param>
/// <param name="Count">Asks.</param>
public sealed record EndCount(AskEndKind End, int Count);
