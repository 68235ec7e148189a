namespace DeltaEdge.Core.Planning.Demand;

/// <summary>Frames and questions that arrived over the last seconds, in a ring of equal time slices. Not safe for concurrent use: its owner locks.</summary>
public sealed class ArrivalCounts
{
    /// <summary>Length of a slice.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    /// <summary>Slices of the longest window: 12 seconds.</summary>
    public const int Slices = 120;

    private readonly (long Number, int Frames, int Questions)[] _ring = new (long, int, int)[Slices];

    public ArrivalCounts() => Array.Fill(_ring, (long.MinValue / 2, 0, 0));

    public void Add(TimeSpan now, int frames, int questions)
    {
        var number = now.Ticks / Slice.Ticks;
        ref var slice = ref _ring[number % Slices];
        slice = slice.Number == number ? (number, slice.Frames + frames, slice.Questions + questions) : (number, frames, questions);
    }

    /// <summary>Sums over the last slices, the one that is not over yet included.</summary>
    public (int Frames, int Questions) Sum(TimeSpan now, int slices)
    {
        var newest = now.Ticks / Slice.Ticks;
        var (frames, questions) = (0, 0);
        for (var number = Math.Max(0, newest - slices + 1); number <= newest; number++)
        {
            ref readonly var slice = ref _ring[number % Slices];
            if (slice.Number == number)
            {
                frames += slice.Frames;
                questions += slice.Questions;
            }
        }

        return (frames, questions);
    }

    /// <summary>Length of that many slices up to now, the one that is not over yet as long as it is; not more than there has been time for.</summary>
    public static double Seconds(TimeSpan now, int slices, TimeSpan started)
    {
        var current = TimeSpan.FromTicks(now.Ticks % Slice.Ticks);
        return Math.Max(Slice.TotalSeconds, Math.Min((((slices - 1) * Slice) + current).TotalSeconds, (now - started).TotalSeconds));
    }
}
