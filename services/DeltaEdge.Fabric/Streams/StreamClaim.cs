namespace DeltaEdge.Fabric.Streams;

/// <param name="Outcome">Whether the claim holds.</param>
/// <param name="Owner">The owner now: oneself, or who was first. Null if unavailable.</param>
public readonly record struct StreamClaim(ClaimOutcome Outcome, StreamOwner? Owner)
{
    public bool Granted => Outcome == ClaimOutcome.Granted;
}
