namespace DeltaEdge.Core.Time;

/// <summary>
/// Time since the process's own origin, never compared with another machine's. All deadlines and ages inside a process are on
/// this scale; one instance is shared by everything in the process.
/// </summary>
public sealed class MonotonicClock(TimeProvider provider)
{
    private readonly long _origin = provider.GetTimestamp();

    /// <summary>The wall clock and timers behind this scale.</summary>
    public TimeProvider Provider { get; } = provider;

    /// <summary>Time since this clock was made.</summary>
    public TimeSpan Now => Provider.GetElapsedTime(_origin);
}
