namespace DeltaEdge.Evaluation.Simulation.Engine;

/// <summary>A bounded set of keys, least recently used out first: which frames are encoded.</summary>
/// <param name="capacity">Keys kept, at least 1.</param>
internal sealed class RecentKeys(int capacity)
{
    private readonly Dictionary<UInt128, LinkedListNode<UInt128>> _nodes = [];
    private readonly LinkedList<UInt128> _byUse = []; // oldest first

    public bool Contains(UInt128 key) => _nodes.ContainsKey(key);

    /// <summary>Notes that a key was used; does nothing if it is not here.</summary>
    public void Touch(UInt128 key)
    {
        if (_nodes.TryGetValue(key, out var node) && node != _byUse.Last)
        {
            _byUse.Remove(node);
            _byUse.AddLast(node);
        }
    }

    public void Add(UInt128 key)
    {
        if (_nodes.ContainsKey(key))
        {
            Touch(key);
            return;
        }

        LinkedListNode<UInt128> node;
        if (_nodes.Count >= capacity)
        {
            node = _byUse.First!;
            _byUse.RemoveFirst();
            _nodes.Remove(node.Value);
            node.Value = key;
        }
        else
        {
            node = new(key);
        }

        _nodes.Add(key, node);
        _byUse.AddLast(node);
    }
}
