namespace DeltaEdge.Core.Policies;

/// <summary>Says when a period is over, on the clock of the calls: it starts with the first one, and missed periods are not made up for.</summary>
internal struct Cadence(TimeSpan period)
{
    private TimeSpan? _next;

    /// <summary>Whether a period has passed since the last time this was true; never at the first call.</summary>
    public bool Due(TimeSpan now)
    {
        var due = now >= _next;
        _next = due || _next is null ? now + period : _next;
        return due;
    }
}
