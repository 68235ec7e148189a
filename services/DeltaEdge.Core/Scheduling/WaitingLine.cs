namespace DeltaEdge.Core.Scheduling;

/// <summary>Waiting groups in order of deadline, or of arrival. Pure bookkeeping; guarded by the scheduler's lock.</summary>
public sealed class WaitingLine(QueueOrder order = QueueOrder.Edf)
{
    private readonly List<WaitingGroup> _groups = [];
    private readonly Dictionary<GroupKey, WaitingGroup> _byKey = [];

    /// <summary>Asks, not groups.</summary>
    public int Count { get; private set; }

    public IReadOnlyList<WaitingGroup> Groups => _groups;

    /// <summary>The first deadline of any; null if nothing waits.</summary>
    public TimeSpan? FirstDeadline => _groups.Count == 0 ? null : order == QueueOrder.Edf ? _groups[0].Deadline : _groups.Min(g => g.Deadline);

    public WaitingGroup? Find(GroupKey key) => _byKey.GetValueOrDefault(key);

    public void Add(PendingAsk ask)
    {
        var key = KeyOf(ask);
        if (_byKey.TryGetValue(key, out var group))
        {
            _groups.Remove(group);
        }
        else
        {
            group = new WaitingGroup(key, ask);
            _byKey.Add(key, group);
        }

        group.Add(ask);
        Insert(group);
        Count++;
    }

    public bool Remove(PendingAsk ask)
    {
        if (!_byKey.TryGetValue(KeyOf(ask), out var group) || !group.Remove(ask))
        {
            return false;
        }

        Settle(group);
        return true;
    }

    /// <summary>Takes the most urgent ask of a group that waits here.</summary>
    public PendingAsk TakeFirst(WaitingGroup group)
    {
        var ask = group.TakeFirst();
        Settle(group);
        return ask;
    }

    /// <summary>Takes every ask whose deadline is not after <paramref name="now"/>.</summary>
    public void TakeExpired(TimeSpan now, List<PendingAsk> expired)
    {
        for (var i = 0; i < _groups.Count && (order == QueueOrder.Fifo || _groups[i].Deadline <= now);)
        {
            if (_groups[i].Deadline <= now)
            {
                expired.Add(TakeFirst(_groups[i]));
            }
            else
            {
                i++;
            }
        }
    }

    /// <summary>Takes the waiting asks of a stream that are not about <paramref name="frame"/>.</summary>
    public void TakeOlder(ulong stream, UInt128 frame, List<PendingAsk> taken)
    {
        for (var i = 0; i < _groups.Count;)
        {
            if (_groups[i].Asks[0].Stream == stream && _groups[i].Key.Frame != frame)
            {
                taken.Add(TakeFirst(_groups[i]));
            }
            else
            {
                i++;
            }
        }
    }

    /// <summary>Capture time of the stream's oldest waiting ask; null if none waits.</summary>
    public TimeSpan? OldestCapture(ulong stream)
    {
        TimeSpan? oldest = null;
        foreach (var group in _groups)
        {
            for (var i = 0; i < group.Count; i++)
            {
                var ask = group.Asks[i];
                oldest = ask.Stream == stream && (oldest is null || ask.CapturedAt < oldest) ? ask.CapturedAt : oldest;
            }
        }

        return oldest;
    }

    public void TakeAll(List<PendingAsk> taken)
    {
        while (_groups.Count > 0)
        {
            taken.Add(TakeFirst(_groups[^1]));
        }
    }

    public static GroupKey KeyOf(PendingAsk ask) => new(ask.Frame, ask.Range, ask.SlaClass);

    private void Settle(WaitingGroup group)
    {
        Count--;
        _groups.Remove(group);
        if (group.Count == 0)
        {
            _byKey.Remove(group.Key);
        }
        else
        {
            Insert(group);
        }
    }

    // After all groups of the same place, so that equals keep their order of arrival.
    private void Insert(WaitingGroup group)
    {
        var (low, high, place) = (0, _groups.Count, Place(group));
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Place(_groups[middle]) <= place)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        _groups.Insert(low, group);
    }

    private TimeSpan Place(WaitingGroup group) => order == QueueOrder.Edf ? group.Deadline : group.ArrivedAt;
}
