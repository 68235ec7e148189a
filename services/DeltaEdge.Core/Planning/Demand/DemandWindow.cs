namespace DeltaEdge.Core.Planning.Demand;

/// <summary>
/// How far back demand is to be counted: as far as it has been the same. A long window reads a level without noise, a short one sees a
/// step; so the longest is taken that none inside it contradicts. Counts are compared on the square-root scale, on which a Poisson
/// count has the same spread whatever its mean (Anscombe 1948).
/// </summary>
public static class DemandWindow
{
    /// <summary>A count this many standard deviations off is a change, not chance: about once in 30,000 readings by chance alone.</summary>
    private const double Deviations = 4;

    private static readonly int[] Lengths = [ArrivalCounts.Slices, 60, 30, 15, 8, 4, 2];

    /// <summary>Slices to count over.</summary>
    /// <param name="arrivals">Arrivals of one SLA class.</param>
    /// <param name="now">End of every window.</param>
    /// <param name="started">Start of counting.</param>
    public static int Choose(ArrivalCounts arrivals, TimeSpan now, TimeSpan started)
    {
        Span<int> frames = stackalloc int[Lengths.Length];
        for (var i = 0; i < frames.Length; i++)
        {
            frames[i] = arrivals.Sum(now, Lengths[i]).Frames;
        }

        var chosen = 0;
        while (MostContradicting(chosen, frames, now, started) is var shorter and > 0)
        {
            chosen = shorter;
        }

        return Lengths[chosen];
    }

    /// <summary>The window inside that one which deviates most from it, for that is where the change is; 0 if none deviates enough.</summary>
    private static int MostContradicting(int window, ReadOnlySpan<int> frames, TimeSpan now, TimeSpan started)
    {
        var perSecond = frames[window] / ArrivalCounts.Seconds(now, Lengths[window], started);
        var (found, most) = (0, Deviations);
        for (var shorter = window + 1; shorter < frames.Length; shorter++)
        {
            var expected = perSecond * ArrivalCounts.Seconds(now, Lengths[shorter], started);
            var deviation = Math.Abs(Stable(frames[shorter]) - Stable(expected));
            (found, most) = deviation > most ? (shorter, deviation) : (found, most);
        }

        return found;
    }

    /// <summary>Anscombe's transform: of a Poisson count, near enough normal with deviation 1.</summary>
    private static double Stable(double count) => 2 * Math.Sqrt(count + 0.375);
}
