using System.Numerics;

namespace DeltaEdge.Evaluation.Workloads;

/// <summary>
/// Pseudo-random numbers that are the same on every runtime for ever: xoshiro256** (Blackman and Vigna, 2018), seeded by splitmix64.
/// Not for secrets, not safe for concurrent use.
/// </summary>
internal sealed class Draws
{
    private const double UnitOf53Bits = 1.0 / (1UL << 53);

    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <param name="seed">Any number; neighbours give unrelated sequences.</param>
    /// <param name="purpose">What the numbers are for: one seed gives each purpose its own sequence.</param>
    public Draws(int seed, string purpose)
    {
        var state = Hash(purpose) ^ Mix((ulong)seed);
        _a = Mix(state += SplitMixStep);
        _b = Mix(state += SplitMixStep);
        _c = Mix(state += SplitMixStep);
        _d = Mix(state + SplitMixStep);
    }

    private const ulong SplitMixStep = 0x9E3779B97F4A7C15;

    /// <summary>64 uniform bits.</summary>
    public ulong Bits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Uniform, 0 included, 1 not.</summary>
    public double Uniform() => (Bits() >> 11) * UnitOf53Bits;

    /// <summary>Uniform between two numbers.</summary>
    public double Between(double low, double high) => low + ((high - low) * Uniform());

    /// <summary>Uniform integer from 0 up to, and without, <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Uniform() * count);

    /// <summary>Exponential with that mean.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Uniform());

    /// <summary>Normal with mean 0 and variance 1 (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>Gamma with that mean and squared coefficient of variation (Marsaglia and Tsang, 2000, with their boost below shape 1).</summary>
    public double Gamma(double mean, double cv2)
    {
        var shape = 1 / cv2;
        var boost = shape < 1 ? Math.Pow(1 - Uniform(), 1 / shape) : 1;
        var d = (shape < 1 ? shape + 1 : shape) - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var root = 1 + (c * x);
            var v = root * root * root;
            if (v > 0 && Math.Log(1 - Uniform()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return mean * cv2 * d * v * boost;
            }
        }
    }

    /// <summary>Puts them in a random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>FNV-1a over UTF-16 units.</summary>
    private static ulong Hash(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        return hash;
    }
}
