namespace DeltaEdge.Core.Policies;

/// <summary>Arrivals per second, counted in windows of one second and smoothed exponentially over them.</summary>
public sealed class ArrivalRate
{
    /// <summary>Weight of the newest window.</summary>
    private const double Smoothing = 0.4;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private TimeSpan? _start;
    private double? _smoothed;
    private int _count;

    public void Count(TimeSpan now)
    {
        Roll(now);
        _count++;
    }

    /// <summary>Smoothed over the windows that are over; before the first is, what it has counted so far.</summary>
    public double PerSecond(TimeSpan now)
    {
        Roll(now);
        return _smoothed ?? _count;
    }

    private void Roll(TimeSpan now)
    {
        var start = _start ??= now;
        var over = Math.Floor((now - start) / Window);
        if (over < 1)
        {
            return;
        }

        var closed = _smoothed is { } before ? before + (Smoothing * (_count - before)) : _count;
        _smoothed = closed * Math.Pow(1 - Smoothing, over - 1); // The windows after it were empty.
        _count = 0;
        _start = start + (over * Window);
    }
}
