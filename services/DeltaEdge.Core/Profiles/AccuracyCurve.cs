using System.Collections.Immutable;

namespace DeltaEdge.Core.Profiles;

/// <summary>Expected accuracy by rung of the ladder, each 0 to 1, of one question kind of one stream.</summary>
public static class AccuracyCurve
{
    /// <summary>
    /// The rung in <paramref name="first"/>..<paramref name="last"/> (richest to poorest) that gains most when each second costs
    /// <paramref name="price"/>: argmax of value minus price times seconds, the cheapest of equals. Never costs more at a higher
    /// price, and skips by itself every rung that is off the upper concave hull.
    /// </summary>
    /// <param name="values">By rung, in the unit that the price is per second of.</param>
    /// <param name="seconds">By rung: cost of the visual prefix.</param>
    /// <param name="price">Value that a second must gain; not negative.</param>
    /// <param name="first">Rung of the ceiling.</param>
    /// <param name="last">Rung of the floor, not below <paramref name="first"/>.</param>
    public static int RungAt(ReadOnlySpan<double> values, ImmutableArray<double> seconds, double price, int first, int last)
    {
        var best = last;
        var most = values[last] - (price * seconds[last]);
        for (var rung = last - 1; rung >= first; rung--)
        {
            var net = values[rung] - (price * seconds[rung]);
            if (net > most)
            {
                (best, most) = (rung, net);
            }
        }

        return best;
    }

    /// <summary>The poorest rung that loses at most a share <paramref name="maxLoss"/> of the best accuracy on the curve: the floor that a question kind gets by itself.</summary>
    /// <param name="accuracy">By rung.</param>
    /// <param name="maxLoss">Share of the best rung's accuracy that may be lost, 0 to 1.</param>
    public static int FloorRung(ReadOnlySpan<double> accuracy, double maxLoss)
    {
        var best = 0d;
        foreach (var value in accuracy)
        {
            best = Math.Max(best, value);
        }

        for (var rung = accuracy.Length - 1; rung > 0; rung--)
        {
            if (accuracy[rung] >= best * (1 - maxLoss))
            {
                return rung;
            }
        }

        return 0;
    }
}
