namespace DeltaEdge.Core.Planning.Allocation;

/// <summary>
/// Prices in 65,535 steps of about 0.1 %, from 2^-24 to 2^40 weighted correct answers per second. A positive float's bits rise with
/// its value, so its exponent and first ten mantissa bits are its step.
/// </summary>
internal static class PriceScale
{
    /// <summary>Steps, the unused step 0 included.</summary>
    public const int Count = 1 << 16;

    private const int DroppedBits = 13;
    private const int Offset = (127 - 24) << (23 - DroppedBits);

    /// <summary>1 to <see cref="Count"/> - 1, rising with the price; what lies outside the scale counts at its ends.</summary>
    public static ushort Of(double price) =>
        (ushort)Math.Clamp((BitConverter.SingleToInt32Bits((float)price) >> DroppedBits) - Offset, 1, Count - 1);

    /// <summary>The lowest price of a step.</summary>
    public static double LowerEdge(int step) => BitConverter.Int32BitsToSingle((step + Offset) << DroppedBits);
}
