namespace DeltaEdge.Streams.Synthetic;

/// <summary>Red, green and blue, 0 to 255.</summary>
internal readonly record struct Colour(byte R, byte G, byte B)
{
    public Colour Shaded(double factor) => new(Scaled(R, factor), Scaled(G, factor), Scaled(B, factor));

    /// <summary>Moved by up to so much per channel, so that a named colour is not one exact value.</summary>
    public Colour Jittered(SceneRandom random, double amount) => new(Moved(R, random, amount), Moved(G, random, amount), Moved(B, random, amount));

    private static byte Scaled(byte value, double factor) => (byte)Math.Min(255, value * factor);

    private static byte Moved(byte value, SceneRandom random, double amount) => (byte)Math.Clamp(value + random.Between(-amount, amount), 0, 255);
}
