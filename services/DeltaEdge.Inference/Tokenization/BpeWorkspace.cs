namespace DeltaEdge.Inference.Tokenization;

/// <summary>
/// The symbols of one text while they merge: a doubly linked list in arrays and a heap of candidate pairs, so that n symbols take
/// O(n log n) however long the text is. Reused from text to text.
/// </summary>
internal sealed class BpeWorkspace
{
    private readonly PriorityQueue<(int Position, int Left, int Right), long> _candidates = new();
    private int[] _ids = new int[256];
    private int[] _next = new int[256];
    private int[] _previous = new int[256];

    public int Count { get; private set; }

    public int Capacity => _ids.Length;

    public void Clear() => Count = 0;

    public void Add(int id)
    {
        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, Count * 2);
            Array.Resize(ref _next, Count * 2);
            Array.Resize(ref _previous, Count * 2);
        }

        _ids[Count] = id;
        _previous[Count] = Count - 1;
        _next[Count] = Count + 1;
        Count++;
    }

    public int Last => Count == 0 ? -1 : _ids[Count - 1];

    /// <summary>Merges lowest rank first, leftmost first among equals, until no pair has a merge.</summary>
    public void Merge(BpeVocabulary vocabulary)
    {
        _candidates.Clear();
        for (var i = 0; i < Count - 1; i++)
        {
            Offer(vocabulary, i);
        }

        while (_candidates.TryDequeue(out var pair, out _))
        {
            var right = _next[pair.Position];
            if (_ids[pair.Position] != pair.Left || right >= Count || _ids[right] != pair.Right)
            {
                continue; // One side has merged with another neighbour since.
            }

            _ids[pair.Position] = vocabulary.Merges[BpeVocabulary.PairKey(pair.Left, pair.Right)].Merged;
            _ids[right] = -1;
            var after = _next[right];
            _next[pair.Position] = after;
            if (after < Count)
            {
                _previous[after] = pair.Position;
                Offer(vocabulary, pair.Position);
            }

            if (_previous[pair.Position] >= 0)
            {
                Offer(vocabulary, _previous[pair.Position]);
            }
        }
    }

    public int[] ToArray()
    {
        var length = 0;
        for (var i = 0; i < Count; i = _next[i])
        {
            length++;
        }

        var result = new int[length];
        for (int i = 0, n = 0; i < Count; i = _next[i])
        {
            result[n++] = _ids[i];
        }

        return result;
    }

    private void Offer(BpeVocabulary vocabulary, int position)
    {
        var (left, right) = (_ids[position], _ids[_next[position]]);
        if (vocabulary.Merges.TryGetValue(BpeVocabulary.PairKey(left, right), out var merge))
        {
            _candidates.Enqueue((position, left, right), ((long)merge.Rank << 32) | (uint)position);
        }
    }
}
