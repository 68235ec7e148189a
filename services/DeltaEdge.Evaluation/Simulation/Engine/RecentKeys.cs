namespace DeltaEdge.Evaluation.Simulation.Engine;

/// <summary>A bounded set of keys, least recently used out first: which frames are encoded.</summary>
internal sealed class RecentKeys(int capacity)
{
    private readonly Dictionary<UInt128, long> _usedAt = [];
    private long _clock;

    public bool Contains(UInt128 key) => _usedAt.ContainsKey(key);

    /// <summary>Notes that a key that is here was used.</summary>
    public void Touch(UInt128 key) => _usedAt[key] = ++_clock;

    public void Add(UInt128 key)
    {
        if (_usedAt.Count >= capacity && !_usedAt.ContainsKey(key))
        {
            var (oldest, at) = (default(UInt128), long.MaxValue);
            foreach (var (candidate, used) in _usedAt)
            {
                if (used < at)
                {
                    (oldest, at) = (candidate, used);
                }
            }

            _usedAt.Remove(oldest);
        }

        Touch(key);
    }
}
