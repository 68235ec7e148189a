namespace DeltaEdge.Inference.Memory;

/// <summary>
/// Encoded frames by key within a budget of bytes, least recently used out first. The engine's thread fills it; callers of any
/// thread may ask whether a frame is there. A frame handed out stays valid until the next <see cref="Rent"/>.
/// </summary>
internal sealed class EncoderCache(long frameBytes, long maxBytes, Func<EncodedFrame> create) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, EncodedFrame> _frames = [];
    private readonly Stack<EncodedFrame> _spare = [];
    private readonly int _capacity = (int)Math.Clamp(maxBytes / frameBytes, 1, 1 << 20);
    private int _made;
    private long _clock;

    /// <summary>Frames that fit.</summary>
    public int Capacity => _capacity;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _frames.Count;
            }
        }
    }

    /// <summary>Bytes held, in use or spare. Never above the budget, except that one frame always fits.</summary>
    public long Bytes => Volatile.Read(ref _made) * frameBytes;

    public bool Contains(UInt128 key)
    {
        lock (_gate)
        {
            return _frames.ContainsKey(key);
        }
    }

    public EncodedFrame? Find(UInt128 key)
    {
        lock (_gate)
        {
            if (!_frames.TryGetValue(key, out var frame))
            {
                return null;
            }

            frame.UsedAt = ++_clock;
            return frame;
        }
    }

    /// <summary>A frame to encode into: new while the budget allows, else the one that has been idle longest.</summary>
    public EncodedFrame Rent()
    {
        lock (_gate)
        {
            if (_spare.TryPop(out var spare))
            {
                return spare;
            }

            if (_made < _capacity)
            {
                _made++;
                return create();
            }

            var oldest = Oldest_NeedsLock();
            _frames.Remove(oldest.Key);
            return oldest;
        }
    }

    public void Add(UInt128 key, EncodedFrame frame)
    {
        lock (_gate)
        {
            if (_frames.Remove(key, out var replaced))
            {
                _spare.Push(replaced);
            }

            frame.Key = key;
            frame.UsedAt = ++_clock;
            _frames.Add(key, frame);
        }
    }

    /// <summary>Takes back a rented frame whose encoding failed.</summary>
    public void Return(EncodedFrame frame)
    {
        lock (_gate)
        {
            _spare.Push(frame);
        }
    }

    public void Dispose()
    {
        foreach (var frame in _frames.Values)
        {
            frame.Dispose();
        }

        foreach (var frame in _spare)
        {
            frame.Dispose();
        }
    }

    private EncodedFrame Oldest_NeedsLock()
    {
        EncodedFrame? oldest = null;
        foreach (var frame in _frames.Values)
        {
            if (oldest is null || frame.UsedAt < oldest.UsedAt)
            {
                oldest = frame;
            }
        }

        return oldest!;
    }
}
