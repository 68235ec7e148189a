using System.Collections.Immutable;

namespace DeltaEdge.Evaluation.Figures;

/// <summary>Maps values of an axis onto 0 to 1, rising. Values beyond its ends are held at the end.</summary>
public sealed class Scale
{
    private const double Most = 1e12;
    private readonly double _low;
    private readonly double _high;
    private readonly bool _log;

    private Scale(double low, double high, bool log, ImmutableArray<double> ticks)
    {
        (_low, _high, _log, Ticks) = (low, high, log, ticks);
    }

    public ImmutableArray<double> Ticks { get; }

    /// <summary>A linear axis from round number to round number that holds every finite value given; 0 to 1 without any.</summary>
    /// <param name="values">What will be drawn; what is not finite is passed over.</param>
    /// <param name="fromZero">Whether the axis must hold 0, as bars need.</param>
    /// <param name="about">About how many ticks.</param>
    public static Scale Linear(IEnumerable<double> values, bool fromZero = false, int about = 5)
    {
        var (low, high) = Range(fromZero ? values.Append(0) : values);
        if (high - low < Math.Max(1e-9, Math.Abs(high) * 1e-9))
        {
            var room = low == 0 ? 1 : Math.Abs(low) * 0.1;
            (low, high) = fromZero && low == 0 ? (0, 1) : (low - room, high + room);
        }

        var ticks = Figures.Ticks.Linear(low, high, about);
        return new Scale(ticks[0], ticks[^1], log: false, ticks);
    }

    /// <summary>A linear axis with the ends given, for shares and percentages.</summary>
    /// <param name="low">Finite.</param>
    /// <param name="high">Above <paramref name="low"/>.</param>
    /// <param name="about">About how many ticks.</param>
    public static Scale Between(double low, double high, int about = 6) =>
        new(low, high, log: false, [.. Figures.Ticks.Linear(low, high, about).Where(t => t >= low && t <= high)]);

    /// <summary>A linear axis around the finite values with some room on both sides; its ticks stay within low..high, where the values may lie.</summary>
    public static Scale Padded(IEnumerable<double> values, double low, double high)
    {
        var (from, to) = Range(values.Select(v => Math.Clamp(v, low, high)));
        var room = Math.Max((to - from) * 0.08, (high - low) * 0.015);
        (from, to) = (from - room, to + room);
        return new Scale(from, to, log: false, [.. Figures.Ticks.Linear(from, to, 6).Where(t => t >= Math.Max(from, low) && t <= Math.Min(to, high))]);
    }

    /// <summary>An axis without ticks, for rows that name themselves.</summary>
    public static Scale Rows { get; } = new(0, 1, log: false, []);

    /// <summary>A linear axis that ends exactly at the smallest and largest finite value, for time.</summary>
    public static Scale Exact(IEnumerable<double> values, int about = 8)
    {
        var (low, high) = Range(values);
        return Between(low, high > low ? high : low + Math.Max(1, Math.Abs(low) * 1e-6), about);
    }

    /// <summary>A logarithmic axis with a tick at each of the values given, such as a ladder of budgets.</summary>
    /// <param name="steps">Those not above 0 or not finite are passed over.</param>
    public static Scale Steps(IEnumerable<double> steps)
    {
        double[] ticks = [.. steps.Where(s => double.IsFinite(s) && s > 0).Select(s => Math.Clamp(s, 1 / Most, Most)).Distinct().Order()];
        return ticks.Length switch
        {
            0 => new Scale(1, 10, log: true, [1, 10]),
            1 => new Scale(ticks[0] / 2, ticks[0] * 2, log: true, [.. ticks]),
            _ => new Scale(ticks[0], ticks[^1], log: true, [.. ticks]),
        };
    }

    /// <summary>A logarithmic axis with round ticks that holds every positive value given; 1 to 10 without any.</summary>
    public static Scale Logarithmic(IEnumerable<double> values)
    {
        double[] positive = [.. values.Where(v => double.IsFinite(v) && v > 0).Select(v => Math.Clamp(v, 1 / Most, Most))];
        var (low, high) = positive.Length == 0 ? (1, 10) : (positive.Min(), positive.Max());
        (low, high) = high / low < 1.5 ? (low / 2, high * 2) : (low, high);
        return new Scale(low, high, log: true, Figures.Ticks.Logarithmic(low, high));
    }

    /// <summary>Where a value lies, 0 to 1; NaN stays NaN.</summary>
    public double Share(double value) => _log
        ? Math.Clamp(Math.Log(Math.Max(value, _low) / _low) / Math.Log(_high / _low), 0, 1)
        : Math.Clamp((value - _low) / (_high - _low), 0, 1);

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite).Select(v => Math.Clamp(v, -Most, Most))];
        return finite.Length == 0 ? (0, 1) : (finite.Min(), finite.Max());
    }
}
