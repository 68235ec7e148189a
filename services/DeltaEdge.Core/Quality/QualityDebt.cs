namespace DeltaEdge.Core.Quality;

/// <summary>
/// Seconds during which a class was served below its target budget because of load. An ask's target is the budget it would have got
/// without load; one that falls short of it owes the time since the class's ask before, at most <see cref="LongestGap"/>. So a class
/// whose every ask falls short runs up one second a second, one where every other does about half, and an idle class none.
/// </summary>
public sealed class QualityDebt
{
    /// <summary>A class that asked nothing for longer than this was idle; the rest of the time is nobody's.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, TimeSpan> _last = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Takes the end of an ask.</summary>
    /// <param name="slaClass">Class name.</param>
    /// <param name="at">When it ended, on one monotonic scale. Ends may come slightly out of order.</param>
    /// <param name="fellShort">Whether load kept it below its target; a refusal for load and a deadline that passed do.</param>
    /// <returns>Seconds to add to the class's debt.</returns>
    public double Ended(string slaClass, TimeSpan at, bool fellShort)
    {
        TimeSpan gap;
        lock (_lock)
        {
            gap = _last.TryGetValue(slaClass, out var last) ? at - last : LongestGap;
            if (gap < TimeSpan.Zero)
            {
                return 0; // Its time is in the gap of the one that came first.
            }

            _last[slaClass] = at;
        }

        return fellShort ? Math.Min(gap.TotalSeconds, LongestGap.TotalSeconds) : 0;
    }
}
