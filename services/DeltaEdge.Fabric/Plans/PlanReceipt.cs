namespace DeltaEdge.Fabric.Plans;

/// <summary>What became of a published plan.</summary>
/// <param name="Outcome">Whether it stands.</param>
/// <param name="BoardVersion">The version on the board afterwards; 0 if the board could not be asked.</param>
public readonly record struct PlanReceipt(PlanOutcome Outcome, long BoardVersion);
