namespace DeltaEdge.Inference.Memory;

/// <summary>
/// Keys and values of prompts up to and including the visual tokens, by frame and budget, for questions that share them. Least
/// recently used goes first. Belongs to the engine's thread.
/// </summary>
internal sealed class PrefixStore(KvArena arena)
{
    private readonly (UInt128 Frame, int Budget, int Length, long UsedAt)[] _entries = new (UInt128, int, int, long)[arena.Rows];
    private long _clock;

    public int Count { get; private set; }

    /// <summary>Copies the prefix onto an arena's row; its length, or 0 if it is not here.</summary>
    public int TryFork(UInt128 frame, int budget, KvArena target, int row)
    {
        for (var i = 0; i < Count; i++)
        {
            ref var entry = ref _entries[i];
            if (entry.Frame == frame && entry.Budget == budget)
            {
                entry.UsedAt = ++_clock;
                KvArena.Copy(arena, i, target, row, entry.Length);
                return entry.Length;
            }
        }

        return 0;
    }

    public void Save(UInt128 frame, int budget, KvArena source, int row, int length)
    {
        if (arena.Rows == 0)
        {
            return;
        }

        var index = Place(frame, budget);
        KvArena.Copy(source, row, arena, index, length);
        _entries[index] = (frame, budget, length, ++_clock);
    }

    private int Place(UInt128 frame, int budget)
    {
        var oldest = 0;
        for (var i = 0; i < Count; i++)
        {
            if (_entries[i].Frame == frame && _entries[i].Budget == budget)
            {
                return i;
            }

            if (_entries[i].UsedAt < _entries[oldest].UsedAt)
            {
                oldest = i;
            }
        }

        return Count < arena.Rows ? Count++ : oldest;
    }
}
