using DeltaEdge.Core.Time;

namespace DeltaEdge.Streams.Pacing;

/// <summary>Waits for the next point of an even grid in time; points that were missed are left out, not caught up.</summary>
internal sealed class FrameGridTimer(double fps, MonotonicClock clock)
{
    private readonly TimeSpan _period = TimeSpan.FromSeconds(1 / fps);
    private TimeSpan? _next;

    /// <summary>The first point is now.</summary>
    public async ValueTask NextAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var due = _next ?? now;
        if (due > now)
        {
            await Task.Delay(due - now, clock.Provider, cancellationToken).ConfigureAwait(false);
        }

        _next = now > due + _period ? now + _period : due + _period;
    }
}
