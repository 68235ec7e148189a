namespace DeltaEdge.Fabric.Answers;

/// <param name="Outcome">Whether it was appended.</param>
/// <param name="Id">Its position; 0 if it was not appended.</param>
public readonly record struct AppendReceipt(AppendOutcome Outcome, long Id);
