using System.Collections.Concurrent;
using DeltaEdge.Core.Time;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.Fabric.Redis;

/// <summary>
/// Tells readers of a stream's log that it has grown. Listens to a stream only while somebody asks; a watch that was not asked for in a
/// while is ended by firing it, and a reader that still waits asks again.
/// </summary>
internal sealed class RedisLogWatch
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Watch> _watches = new(StringComparer.Ordinal);
    private readonly RedisLink _link;
    private readonly RedisKeys _keys;
    private readonly MonotonicClock _clock;
    private TimeSpan _nextSweep;

    public RedisLogWatch(RedisLink link, RedisKeys keys, MonotonicClock clock)
    {
        (_link, _keys, _clock) = (link, keys, clock);
        _link.MissedMessages += FireAll;
    }

    public IChangeToken Token(string streamId)
    {
        while (true)
        {
            var watch = _watches.GetOrAdd(streamId, static _ => new Watch());
            if (watch.TryAsk(_clock.Now, out var isFirst, out var token))
            {
                if (isFirst)
                {
                    _ = ListenAsync(streamId, watch);
                }

                return token;
            }
        }
    }

    public void FireAll()
    {
        foreach (var watch in _watches.Values)
        {
            watch.Signal.Fire();
        }
    }

    /// <summary>Ends watches that nobody has asked for in a while. Call it now and then, from one thread.</summary>
    public void Sweep()
    {
        if (_clock.Now < _nextSweep)
        {
            return;
        }

        _nextSweep = _clock.Now + KeptFor;
        foreach (var (streamId, watch) in _watches)
        {
            if (watch.TryEnd(_clock.Now - KeptFor))
            {
                _link.Forget(_keys.LogChannel(streamId));
                _watches.TryRemove(KeyValuePair.Create(streamId, watch));
                watch.Signal.Fire();
            }
        }
    }

    /// <summary>What was appended before the server listened is not told: so the watch fires once when it does.</summary>
    private async Task ListenAsync(string streamId, Watch watch)
    {
        await _link.ListenAsync(_keys.LogChannel(streamId), _ => watch.Signal.Fire());
        watch.Signal.Fire();
    }

    private sealed class Watch
    {
        private readonly Lock _lock = new();
        private TimeSpan? _askedAt;
        private bool _ended;

        public ChangeSignal Signal { get; } = new();

        /// <summary>False if it has ended: make another.</summary>
        public bool TryAsk(TimeSpan now, out bool isFirst, out IChangeToken token)
        {
            lock (_lock)
            {
                (isFirst, token) = (_askedAt is null, Signal.Token());
                _askedAt = now;
                return !_ended;
            }
        }

        public bool TryEnd(TimeSpan notAskedSince)
        {
            lock (_lock)
            {
                return _ended = _askedAt < notAskedSince;
            }
        }
    }
}
