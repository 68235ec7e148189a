namespace DeltaEdge.Inference.Scheduling;

/// <summary>Waiting groups in deadline order. Pure bookkeeping; guarded by the scheduler's lock.</summary>
internal sealed class WaitingQueue
{
    private readonly List<WaitingGroup> _groups = [];
    private readonly Dictionary<GroupKey, WaitingGroup> _byKey = [];

    /// <summary>Asks, not groups.</summary>
    public int Count { get; private set; }

    public IReadOnlyList<WaitingGroup> Groups => _groups;

    public WaitingGroup? Find(GroupKey key) => _byKey.GetValueOrDefault(key);

    public void Add(Ask ask)
    {
        var key = KeyOf(ask);
        if (_byKey.TryGetValue(key, out var group))
        {
            _groups.Remove(group);
        }
        else
        {
            group = new WaitingGroup(key, ask.Request.Frame);
            _byKey.Add(key, group);
        }

        group.Add(ask);
        Insert(group);
        Count++;
    }

    public bool Remove(Ask ask)
    {
        if (!_byKey.TryGetValue(KeyOf(ask), out var group) || !group.Remove(ask))
        {
            return false;
        }

        Settle(group);
        return true;
    }

    /// <summary>Takes the most urgent ask of a group that waits here.</summary>
    public Ask TakeFirst(WaitingGroup group)
    {
        var ask = group.TakeFirst();
        Settle(group);
        return ask;
    }

    /// <summary>Takes every ask whose deadline is not after <paramref name="now"/>.</summary>
    public void TakeExpired(TimeSpan now, List<Ask> expired)
    {
        while (_groups.Count > 0 && _groups[0].Deadline <= now)
        {
            expired.Add(TakeFirst(_groups[0]));
        }
    }

    public void TakeAll(List<Ask> taken)
    {
        while (_groups.Count > 0)
        {
            taken.Add(TakeFirst(_groups[^1]));
        }
    }

    public static GroupKey KeyOf(Ask ask) => new(ask.Request.Frame.Key, ask.Request.Range, ask.Request.SlaClass);

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

    // After all groups of the same deadline, so that equals keep their order of arrival.
    private void Insert(WaitingGroup group)
    {
        var (low, high) = (0, _groups.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_groups[middle].Deadline <= group.Deadline)
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
}
