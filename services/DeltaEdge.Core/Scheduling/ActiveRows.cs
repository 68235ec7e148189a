namespace DeltaEdge.Core.Scheduling;

/// <summary>Asks that decode, by row of the arena: rows 0 to Count - 1 without a hole. Belongs to the engine's thread.</summary>
public sealed class ActiveRows(int slots)
{
    private readonly PendingAsk[] _asks = new PendingAsk[slots];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public int Free => _asks.Length - _count;

    public PendingAsk this[int row] => _asks[row];

    /// <summary>Row that the next ask gets.</summary>
    public int NextRow => _count;

    public void Add(PendingAsk ask)
    {
        _asks[_count] = ask;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Row of an ask; -1 if it has none.</summary>
    public int RowOf(PendingAsk ask) => Array.IndexOf(_asks, ask, 0, _count);

    /// <summary>Takes an ask out. The row that moves into its place, or -1 if it was the last: the caller moves the cache with it.</summary>
    public int RemoveAt(int row)
    {
        var last = _count - 1;
        _asks[row] = _asks[last];
        _asks[last] = null!;
        Volatile.Write(ref _count, last);
        return row == last ? -1 : last;
    }

    /// <summary>Decode steps until the longest answer is expected to end.</summary>
    public int ExpectedSteps()
    {
        var steps = 0;
        for (var i = 0; i < _count; i++)
        {
            steps = Math.Max(steps, _asks[i].ExpectedTokensLeft);
        }

        return steps;
    }

    public TimeSpan MostUrgentDeadline()
    {
        var deadline = TimeSpan.MaxValue;
        for (var i = 0; i < _count; i++)
        {
            deadline = _asks[i].Deadline < deadline ? _asks[i].Deadline : deadline;
        }

        return deadline;
    }
}
