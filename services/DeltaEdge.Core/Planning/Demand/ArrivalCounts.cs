namespace DeltaEdge.Core.Planning.Demand;

/// <summary>
/// Frames and questions that arrived over the last seconds, by equal time slices. Kept as running totals at the end of each slice, so
/// that any window is one difference. Time never goes back. Not safe for concurrent use: its owner locks.
/// </summary>
public sealed class ArrivalCounts
{
    /// <summary>Length of a slice.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    /// <summary>Slices of the longest window: 12 seconds.</summary>
    public const int Slices = 120;

    /// <summary>The slices of the longest window and the one before them.</summary>
    private const int Kept = Slices + 1;

    private readonly (int Frames, int Questions)[] _totals = new (int, int)[Kept]; // ring by slice number; totals may wrap round, differences do not
    private long _newest = -1;

    public void Add(TimeSpan now, int frames, int questions)
    {
        var number = now.Ticks / Slice.Ticks;
        if (number > _newest)
        {
            Begin(number);
        }

        ref var total = ref _totals[_newest % Kept];
        total = (unchecked(total.Frames + frames), unchecked(total.Questions + questions));
    }

    /// <summary>Sums over the last slices, the one that is not over yet included.</summary>
    public (int Frames, int Questions) Sum(TimeSpan now, int slices)
    {
        var before = (now.Ticks / Slice.Ticks) - slices;
        if (_newest <= before || _newest < 0)
        {
            return (0, 0);
        }

        var (total, old) = (_totals[_newest % Kept], before < 0 ? (0, 0) : _totals[before % Kept]);
        return unchecked((total.Frames - old.Item1, total.Questions - old.Item2));
    }

    /// <summary>Length of that many slices up to now, the one that is not over yet as long as it is; not more than there has been time for.</summary>
    public static double Seconds(TimeSpan now, int slices, TimeSpan started)
    {
        var current = TimeSpan.FromTicks(now.Ticks % Slice.Ticks);
        return Math.Max(Slice.TotalSeconds, Math.Min((((slices - 1) * Slice) + current).TotalSeconds, (now - started).TotalSeconds));
    }

    /// <summary>Carries the last total over the slices in which nothing came.</summary>
    private void Begin(long number)
    {
        var total = _newest < 0 ? default : _totals[_newest % Kept];
        for (var slice = Math.Max(_newest + 1, number - Slices); slice <= number; slice++)
        {
            _totals[slice % Kept] = total;
        }

        _newest = number;
    }
}
