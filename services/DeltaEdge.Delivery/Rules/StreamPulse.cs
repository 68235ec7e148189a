using DeltaEdge.Core.Events;
using DeltaEdge.Core.Streams;

namespace DeltaEdge.Delivery.Rules;

/// <summary>The answers of one stream between its heartbeats.</summary>
internal sealed class StreamPulse(TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _answers;
    private long? _last;

    public void Answered()
    {
        lock (_lock)
        {
            _answers++;
            _last = time.GetTimestamp();
        }
    }

    /// <summary>What the next heartbeat says; the count starts over.</summary>
    public Heartbeat Beat(StreamState state)
    {
        lock (_lock)
        {
            var answers = _answers;
            _answers = 0;
            return new Heartbeat(state.Name(), answers, _last is { } last ? Math.Round(time.GetElapsedTime(last).TotalMilliseconds, 1) : null);
        }
    }
}
