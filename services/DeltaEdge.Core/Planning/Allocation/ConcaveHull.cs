namespace DeltaEdge.Core.Planning.Allocation;

/// <summary>
/// The upper concave hull of value over seconds: the only rungs that are ever the best use of a second, whatever a second costs.
/// Slopes fall along it, so taking steps in order of slope is taking them in order along every hull.
/// </summary>
public static class ConcaveHull
{
    /// <summary>Writes the steps from the cheapest rung up and says how many there are.</summary>
    /// <param name="values">By rung: value per frame.</param>
    /// <param name="seconds">By rung: cost per frame.</param>
    /// <param name="first">Rung of the ceiling.</param>
    /// <param name="last">Rung of the floor, not below <paramref name="first"/>.</param>
    /// <param name="steps">At least <c>last - first</c> long.</param>
    /// <param name="start">The rung before the first step: the cheapest in range, the most valuable of equals.</param>
    public static int Steps(ReadOnlySpan<double> values, ReadOnlySpan<double> seconds, int first, int last, Span<HullStep> steps, out int start)
    {
        start = last;
        for (var rung = last - 1; rung >= first; rung--)
        {
            if (seconds[rung] < seconds[start] || (seconds[rung] == seconds[start] && values[rung] > values[start]))
            {
                start = rung;
            }
        }

        var count = 0;
        for (var from = start; ;)
        {
            // The next vertex is the one of the steepest ascent; of equals the farthest, so that no slope comes twice.
            var best = default(HullStep);
            for (var rung = last; rung >= first; rung--)
            {
                var (gain, cost) = (values[rung] - values[from], seconds[rung] - seconds[from]);
                if (gain > 0 && cost > 0 && (gain / cost > best.Slope || (gain / cost == best.Slope && cost > best.Seconds)))
                {
                    best = new(rung, gain / cost, gain, cost);
                }
            }

            if (best.Slope <= 0)
            {
                return count;
            }

            steps[count++] = best;
            from = best.Rung;
        }
    }
}
