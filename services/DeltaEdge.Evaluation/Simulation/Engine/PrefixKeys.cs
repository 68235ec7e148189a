namespace DeltaEdge.Evaluation.Simulation.Engine;

/// <summary>Which visual prefixes are kept, least recently used out first.</summary>
internal sealed class PrefixKeys(int capacity)
{
    private readonly (UInt128 Frame, int Budget, long UsedAt)[] _entries = new (UInt128, int, long)[capacity];
    private int _count;
    private long _clock;

    /// <summary>Whether the prefix is here; counts as a use.</summary>
    public bool TryUse(UInt128 frame, int budget)
    {
        for (var i = 0; i < _count; i++)
        {
            ref var entry = ref _entries[i];
            if (entry.Frame == frame && entry.Budget == budget)
            {
                entry.UsedAt = ++_clock;
                return true;
            }
        }

        return false;
    }

    public void Keep(UInt128 frame, int budget)
    {
        if (capacity == 0)
        {
            return;
        }

        var place = 0;
        for (var i = 0; i < _count; i++)
        {
            place = _entries[i].UsedAt < _entries[place].UsedAt ? i : place;
        }

        place = _count < capacity ? _count++ : place;
        _entries[place] = (frame, budget, ++_clock);
    }
}
