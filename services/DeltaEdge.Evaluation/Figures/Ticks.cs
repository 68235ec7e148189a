using System.Collections.Immutable;
using System.Globalization;

namespace DeltaEdge.Evaluation.Figures;

/// <summary>Round numbers for axes.</summary>
public static class Ticks
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten that cover low..high: the first at or below it, the last at or above.</summary>
    /// <param name="low">Finite.</param>
    /// <param name="high">Finite, above <paramref name="low"/>.</param>
    /// <param name="about">About how many are wanted, at least 2.</param>
    public static ImmutableArray<double> Linear(double low, double high, int about = 5)
    {
        var step = Step((high - low) / Math.Max(1, about - 1));
        var first = (long)Math.Floor((low / step) + 1e-9);
        var last = (long)Math.Ceiling((high / step) - 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => Round((first + i) * step))];
    }

    /// <summary>Powers of ten, with 2 and 5 between them where few powers fall, that lie within low..high.</summary>
    /// <param name="low">Above 0.</param>
    /// <param name="high">Above <paramref name="low"/>.</param>
    public static ImmutableArray<double> Logarithmic(double low, double high)
    {
        var decades = Math.Log10(high / low);
        double[] steps = decades < 3 ? [1, 2, 5] : [1];
        var every = Math.Max(1, (int)Math.Ceiling(decades / 8));
        var ticks = ImmutableArray.CreateBuilder<double>();
        for (var power = (int)Math.Floor(Math.Log10(low)); power <= Math.Ceiling(Math.Log10(high)); power++)
        {
            foreach (var step in power % every == 0 ? steps : [])
            {
                var tick = Round(step * Math.Pow(10, power));
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9))
                {
                    ticks.Add(tick);
                }
            }
        }

        return ticks.ToImmutable();
    }

    /// <summary>A tick's number, short: thousands and millions by letter, at most four significant digits.</summary>
    public static string Label(double value)
    {
        var size = Math.Abs(value);
        return size switch
        {
            0 => "0",
            >= 1e15 or < 1e-4 => value.ToString("0.#e0", CultureInfo.InvariantCulture),
            >= 1e12 => Short(value / 1e12) + "T",
            >= 1e9 => Short(value / 1e9) + "G",
            >= 1e6 => Short(value / 1e6) + "M",
            >= 1e4 => Short(value / 1e3) + "k",
            _ => value.ToString(size >= 100 ? "0.##" : "0.####", CultureInfo.InvariantCulture),
        };
    }

    private static string Short(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static double Step(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch
        {
            < 1.5 => power,
            < 3.2 => 2 * power,
            < 7.1 => 5 * power,
            _ => 10 * power,
        };
    }

    // Takes away the dust of binary fractions: 0.30000000000000004 is 0.3.
    private static double Round(double value) => double.Parse(value.ToString("g12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
