using System.Collections.Immutable;
using DeltaEdge.Fabric.Answers;

namespace DeltaEdge.Fabric.InProcess;

/// <summary>One stream's log. Safe for any thread.</summary>
/// <param name="start">The id before the first: above all of an earlier life.</param>
/// <param name="bounds">What it keeps.</param>
internal sealed class StreamLog(long start, LogBounds bounds)
{
    private readonly Lock _lock = new();
    private readonly Queue<(LogEntry Entry, TimeSpan At)> _entries = new();
    private readonly long _start = start;
    private long _lastId = start;
    private long _bytes;
    private (long Fence, AppendKey Key, long Id) _last;

    public long LastId
    {
        get
        {
            lock (_lock)
            {
                return _lastId;
            }
        }
    }

    /// <summary>Appends unless it is a repeat; the entry's id.</summary>
    public long Append(long fence, AppendKey key, LogEntry entry, TimeSpan now)
    {
        lock (_lock)
        {
            if (_last.Fence == fence && _last.Key.Writer == key.Writer && key.Sequence <= _last.Key.Sequence)
            {
                return _last.Id - (_last.Key.Sequence - key.Sequence);
            }

            _lastId++;
            _last = (fence, key, _lastId);
            _entries.Enqueue((entry.At(_lastId), now));
            _bytes += Bytes(entry);
            Trim(now);
            return _lastId;
        }
    }

    public LogPage Read(long after, int max, TimeSpan now)
    {
        lock (_lock)
        {
            Trim(now);
            var isAnew = after > 0 && (after < _start || after > _lastId);
            var from = after == 0 || isAnew ? _start : after;
            var oldest = _entries.TryPeek(out var first) ? first.Entry.Id : _lastId + 1;
            var missed = after == 0 || isAnew ? 0 : Math.Max(0, oldest - from - 1);
            return new([.. _entries.Select(e => e.Entry).SkipWhile(e => e.Id <= from).Take(max)], missed, isAnew, _lastId);
        }
    }

    private void Trim(TimeSpan now)
    {
        while (_entries.TryPeek(out var oldest)
            && (_entries.Count > bounds.Entries || (_bytes > bounds.Bytes && _entries.Count > 1) || now - oldest.At > bounds.Age))
        {
            _bytes -= Bytes(_entries.Dequeue().Entry);
        }
    }

    private static long Bytes(LogEntry entry) => entry.Event?.Rule?.EvidenceJpeg?.Length ?? 0;
}
