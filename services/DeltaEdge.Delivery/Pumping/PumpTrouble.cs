namespace DeltaEdge.Delivery.Pumping;

/// <summary>What a target did with the last attempts.</summary>
/// <param name="Attempts">How many in a row it did not take; 0 for none.</param>
/// <param name="Refused">Whether the last of them was refused for good.</param>
/// <param name="Reason">Why, without credentials.</param>
internal sealed record PumpTrouble(int Attempts, bool Refused, string? Reason)
{
    public static PumpTrouble None { get; } = new(0, Refused: false, null);
}
