namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>Numbers that look random and depend on nothing but their input (the finaliser of splitmix64).</summary>
internal static class Hashes
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    public static ulong Mix(ulong value)
    {
        value += Golden;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>How hard a question about a frame is, 0 to 1 without 1: it is answered right by whoever's accuracy is above.</summary>
    /// <param name="draw">The frame's random bits.</param>
    /// <param name="question">Index of the question.</param>
    public static double Hardness(ulong draw, int question) => (Mix(draw ^ Mix((ulong)question)) >> 11) * (1.0 / (1UL << 53));
}
