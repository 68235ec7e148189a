using DeltaEdge.Core.Time;

namespace DeltaEdge.Delivery.Outbox;

/// <summary>
/// What waits for one target, in order, on disk; in memory while the disk cannot be written, for which every message tries again. Past
/// its bounds the oldest answers go first, events last. Any thread may add; one reads.
/// </summary>
internal sealed class TargetOutbox : IDisposable
{
    /// <summary>Where sequences begin that have no folder yet: above all that it may turn out to hold.</summary>
    private const long AboveAnyLane = 1L << 40;

    private readonly Lock _lock = new();
    private readonly Func<string> _home;
    private readonly MonotonicClock _clock;
    private readonly Action<OutboxLoss> _onLost;
    private readonly Queue<(OutboxMessage Message, int Length)> _memory = new();
    private readonly OutboxLimits _limits;
    private readonly SemaphoreSlim _added = new(0, 1);
    private SegmentLane[] _lanes = []; // Events and answers; none while there is no folder.
    private long _memoryBytes;
    private long _next;

    /// <param name="home">Gives the folder of this target alone, or throws for as long as there is none; called until it gives one.</param>
    /// <param name="limits">Its bounds.</param>
    /// <param name="clock">Says since when messages wait.</param>
    /// <param name="onLost">Told of what cannot be read, now and later; it must not use the outbox.</param>
    public TargetOutbox(Func<string> home, OutboxLimits limits, MonotonicClock clock, Action<OutboxLoss> onLost)
    {
        (_home, _limits, _clock, _onLost) = (home, limits, clock, onLost);
        _next = TryOpen_NeedsLock() ? _lanes.Max(l => l.LastSequence) : AboveAnyLane;
        if (Count > 0)
        {
            _added.Release();
        }
    }

    /// <summary>Half-written records that were found at the start.</summary>
    public int Torn { get; private set; }

    /// <summary>Why the last message that had to wait in memory did; empty if none had to.</summary>
    public string DiskError { get; private set; } = "";

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _lanes.Sum(l => l.Count) + _memory.Count;
            }
        }
    }

    /// <summary>Messages that a crash would lose, because the disk could not be written.</summary>
    public int CountInMemory
    {
        get
        {
            lock (_lock)
            {
                return _memory.Count;
            }
        }
    }

    /// <summary>When the oldest message was made; null if none waits.</summary>
    public DateTimeOffset? Oldest => Peek()?.CreatedAt;

    /// <summary>Stores a message; once this returns, it survives the process unless the result says otherwise.</summary>
    /// <param name="message">Its sequence is set.</param>
    public OutboxReceipt Add(OutboxMessage message)
    {
        var dropped = 0;
        bool onDisk;
        lock (_lock)
        {
            message = message with { Sequence = ++_next, WaitsSince = _clock.Now };
            var record = OutboxRecord.Write(message);
            while (IsFull_NeedsLock(record.Length))
            {
                if (!DropOldest_NeedsLock(message.IsAnswer))
                {
                    return new OutboxReceipt(OutboxPlace.None, dropped);
                }

                dropped++;
            }

            onDisk = TryDisk_NeedsLock(message, record);
            if (!onDisk && !TryMemory_NeedsLock(message, record.Length, ref dropped))
            {
                return new OutboxReceipt(OutboxPlace.None, dropped);
            }

            if (_added.CurrentCount == 0)
            {
                _added.Release();
            }
        }

        return new OutboxReceipt(onDisk ? OutboxPlace.Disk : OutboxPlace.Memory, dropped);
    }

    /// <summary>The oldest message; null if none waits. Skips what cannot be read any more.</summary>
    public OutboxMessage? Peek()
    {
        lock (_lock)
        {
            while (true)
            {
                var lane = OldestLane_NeedsLock();
                if (lane is null || (_memory.TryPeek(out var held) && held.Message.Sequence < lane.Head!.Value.Sequence))
                {
                    return _memory.TryPeek(out held) ? held.Message : null;
                }

                if (lane.Read() is { } message)
                {
                    return message;
                }

                lane.Remove();
            }
        }
    }

    /// <summary>Forgets a message that <see cref="Peek"/> gave, unless a bound has done so already.</summary>
    public void Remove(OutboxMessage message)
    {
        lock (_lock)
        {
            if (_memory.TryPeek(out var held) && held.Message.Sequence == message.Sequence)
            {
                _memoryBytes -= _memory.Dequeue().Length;
            }
            else if (_lanes.FirstOrDefault(l => l.Head?.Sequence == message.Sequence) is { } lane)
            {
                lane.Remove();
            }
        }
    }

    /// <summary>Waits until something may have been added; false if the time ran out.</summary>
    public Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellationToken) => _added.WaitAsync(limit, cancellationToken);

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var lane in _lanes)
            {
                lane.Dispose();
            }
        }

        _added.Dispose();
    }

    private SegmentLane? OldestLane_NeedsLock() => _lanes.Where(l => l.Count > 0).MinBy(l => l.Head!.Value.Sequence);

    private bool IsFull_NeedsLock(int length) =>
        _lanes.Sum(l => l.Count) + _memory.Count + 1 > _limits.Messages || _lanes.Sum(l => l.Bytes) + _memoryBytes + length > _limits.Bytes;

    /// <param name="answersOnly">Whether the newcomer is an answer, which no event makes room for.</param>
    private bool DropOldest_NeedsLock(bool answersOnly)
    {
        if (_lanes is [_, { Count: > 0 } answers])
        {
            answers.Remove();
            return true;
        }

        if (DropFromMemory_NeedsLock(answersOnly: true))
        {
            return true;
        }

        if (answersOnly)
        {
            return false;
        }

        if (_lanes is [{ Count: > 0 } events, _])
        {
            events.Remove();
            return true;
        }

        return DropFromMemory_NeedsLock(answersOnly: false);
    }

    private bool DropFromMemory_NeedsLock(bool answersOnly)
    {
        var found = false;
        for (var left = _memory.Count; left > 0; left--)
        {
            var held = _memory.Dequeue();
            if (!found && (!answersOnly || held.Message.IsAnswer))
            {
                found = true;
                _memoryBytes -= held.Length;
            }
            else
            {
                _memory.Enqueue(held);
            }
        }

        return found;
    }

    private bool TryDisk_NeedsLock(OutboxMessage message, byte[] record)
    {
        if (!TryOpen_NeedsLock())
        {
            return false;
        }

        try
        {
            _lanes[message.IsAnswer ? 1 : 0].Append(message, record);
            return true;
        }
        catch (IOException e)
        {
            DiskError = e.Message;
            return false;
        }
    }

    private bool TryOpen_NeedsLock()
    {
        if (_lanes.Length > 0)
        {
            return true;
        }

        try
        {
            var folder = _home();
            _lanes =
            [
                new SegmentLane(Path.Combine(folder, "events"), flush: true, _clock.Now, _onLost),
                new SegmentLane(Path.Combine(folder, "answers"), flush: false, _clock.Now, _onLost),
            ];
            Torn = _lanes.Sum(l => l.Torn);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            DiskError = e.Message;
            return false;
        }
    }

    private bool TryMemory_NeedsLock(OutboxMessage message, int length, ref int dropped)
    {
        while (_memoryBytes + length > _limits.BytesInMemory)
        {
            if (!DropFromMemory_NeedsLock(answersOnly: true) && (message.IsAnswer || !DropFromMemory_NeedsLock(answersOnly: false)))
            {
                return false;
            }

            dropped++;
        }

        _memory.Enqueue((message, length));
        _memoryBytes += length;
        return true;
    }
}
