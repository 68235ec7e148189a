namespace DeltaEdge.Streams.Pacing;

/// <summary>Events per second over the last few seconds.</summary>
internal sealed class RateMeter
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Queue<TimeSpan> _marks = new();

    public void Mark(TimeSpan now)
    {
        lock (_lock)
        {
            Forget_NeedsLock(now);
            _marks.Enqueue(now);
        }
    }

    public double PerSecond(TimeSpan now)
    {
        lock (_lock)
        {
            Forget_NeedsLock(now);
            if (_marks.Count < 2)
            {
                return _marks.Count / Window.TotalSeconds;
            }

            // Over the time since the oldest mark, so that a rate shows before the window is full.
            var span = now - _marks.Peek();
            return span > TimeSpan.Zero ? (_marks.Count - 1) / span.TotalSeconds : 0;
        }
    }

    private void Forget_NeedsLock(TimeSpan now)
    {
        while (_marks.TryPeek(out var oldest) && now - oldest > Window)
        {
            _marks.Dequeue();
        }
    }
}
