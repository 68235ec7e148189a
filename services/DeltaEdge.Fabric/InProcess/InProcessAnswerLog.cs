using System.Collections.Concurrent;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Streams;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.Fabric.InProcess;

/// <summary>The logs of one process. They end with it.</summary>
/// <param name="clock">Ages entries.</param>
/// <param name="findOwner">Who owns a stream now.</param>
/// <param name="bounds">What is kept of a stream.</param>
internal sealed class InProcessAnswerLog(MonotonicClock clock, Func<string, StreamOwner?> findOwner, LogBounds bounds) : IAnswerLog
{
    private readonly Lock _lock = new();
    private readonly LogBounds _bounds = bounds;
    private readonly ConcurrentDictionary<string, StreamLog> _logs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ChangeSignal> _signals = new(StringComparer.Ordinal);
    private long _highestRemoved;

    public ValueTask<AppendReceipt> AppendAsync(StreamOwner owner, AppendKey key, LogEntry entry, CancellationToken cancellationToken)
    {
        if (findOwner(owner.StreamId) is not { } present || present.Fence != owner.Fence)
        {
            return ValueTask.FromResult(new AppendReceipt(AppendOutcome.NotOwner, 0));
        }

        var log = _logs.GetOrAdd(owner.StreamId, static (_, me) => new StreamLog(me.NextStart(), me._bounds), this);
        var id = log.Append(owner.Fence, key, entry, clock.Now);
        Signal(owner.StreamId).Fire();
        return ValueTask.FromResult(new AppendReceipt(AppendOutcome.Appended, id));
    }

    public ValueTask<LogPage?> ReadAsync(string streamId, long after, int max, CancellationToken cancellationToken) =>
        ValueTask.FromResult<LogPage?>(_logs.TryGetValue(streamId, out var log) ? log.Read(after, max, clock.Now) : new([], 0, after > 0, 0));

    public IChangeToken LogChanged(string streamId) => Signal(streamId).Token();

    /// <summary>Forgets the stream's log.</summary>
    public void Remove(string streamId)
    {
        if (_logs.TryRemove(streamId, out var log))
        {
            lock (_lock)
            {
                _highestRemoved = Math.Max(_highestRemoved, log.LastId);
            }
        }

        if (_signals.TryRemove(streamId, out var signal))
        {
            signal.Fire();
        }
    }

    /// <summary>The wall clock only spaces lives apart; ids within one never look at it again.</summary>
    private long NextStart()
    {
        lock (_lock)
        {
            return Math.Max(clock.Provider.GetUtcNow().ToUnixTimeMilliseconds() * 1000, _highestRemoved + 1);
        }
    }

    private ChangeSignal Signal(string streamId) => _signals.GetOrAdd(streamId, static _ => new ChangeSignal());
}
