namespace DeltaEdge.Core.Policies;

/// <summary>
/// Latencies of the asks that ended in the last moments, each as a share of its own SLA, so that classes can be mixed: 1 is just in
/// time. Refused and void asks are left out: they say nothing about how long serving takes. Allocates nothing after construction.
/// </summary>
/// <param name="span">How far back it looks.</param>
/// <param name="capacity">Asks that are kept; of more within the span, the newest.</param>
public sealed class OutcomeWindow(TimeSpan span, int capacity = 512)
{
    /// <summary>
    /// What an expired ask counts as: how long its answer would have taken is not known, only that it is more than its SLA. Without
    /// this the percentile could not tell a little overload from a lot, since nothing that waits is ever seen to wait longer.
    /// </summary>
    public const double ExpiredShare = 2;

    private readonly (TimeSpan At, double Share)[] _ring = new (TimeSpan, double)[capacity];
    private readonly double[] _sorted = new double[capacity];
    private int _next;
    private int _count;

    public void Add(in AskEnd ask)
    {
        if (ask.Verdict is AskVerdict.Refused or AskVerdict.Void)
        {
            return;
        }

        var share = ask.DeadlineSeconds > 0 ? ask.LatencySeconds / ask.DeadlineSeconds : ExpiredShare;
        _ring[_next] = (ask.Now, ask.Verdict == AskVerdict.Expired ? Math.Max(share, ExpiredShare) : share);
        _next = (_next + 1) % capacity;
        _count = Math.Min(_count + 1, capacity);
    }

    /// <summary>Nearest-rank percentile of latency over SLA; null if nothing ended within the span.</summary>
    /// <param name="now">End of the span.</param>
    /// <param name="quantile">In (0, 1].</param>
    public double? Percentile(TimeSpan now, double quantile)
    {
        var found = 0;
        for (var i = 0; i < _count; i++)
        {
            if (_ring[i].At > now - span)
            {
                _sorted[found++] = _ring[i].Share;
            }
        }

        if (found == 0)
        {
            return null;
        }

        Array.Sort(_sorted, 0, found);
        return _sorted[Math.Clamp((int)Math.Ceiling(quantile * found), 1, found) - 1];
    }

    /// <summary>Forgets everything, so that what comes next is judged by itself.</summary>
    public void Clear() => (_next, _count) = (0, 0);
}
