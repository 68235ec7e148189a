namespace DeltaEdge.Streams.Pacing;

/// <summary>
/// Picks frames so that on average so many a second are asked about, on an even grid. A source slower than that is taken whole.
/// Knows no clock: frames carry their time.
/// </summary>
internal sealed class FrameSampler
{
    // How much too early, in periods, a frame may be and still count: absorbs jitter of a source as fast as the grid.
    private const double Tolerance = 0.25;

    private TimeSpan? _next;

    public bool IsDue(TimeSpan capturedAt, double fps)
    {
        var period = TimeSpan.FromSeconds(1 / fps);
        var next = _next ?? capturedAt;

        // After a pause, or a change to a faster rate, the grid starts anew instead of catching up or waiting out the old period.
        if (capturedAt > next + period || next > capturedAt + (period * 2))
        {
            next = capturedAt;
        }

        if (capturedAt < next - (period * Tolerance))
        {
            return false;
        }

        _next = next + period;
        return true;
    }
}
