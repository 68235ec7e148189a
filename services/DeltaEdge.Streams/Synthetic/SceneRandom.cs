namespace DeltaEdge.Streams.Synthetic;

/// <summary>Random numbers that are the same for a seed on every machine and runtime (SplitMix64).</summary>
internal sealed class SceneRandom(int seed)
{
    private ulong _state = (ulong)seed;

    /// <summary>From low up to high.</summary>
    public double Between(double low, double high) => low + ((high - low) * (Next() >> 11) / (1UL << 53));

    /// <summary>From 0 to count - 1.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
