namespace DeltaEdge.Core.Capacity;

/// <summary>
/// How long frames wait at one engine that serves one frame at a time, tightest deadline first.
/// <list type="bullet">
/// <item>Arrivals count as Poisson (M/G/1). Cameras are more regular than that, so the forecast errs to the safe side.</item>
/// <item>Tail of the wait within one deadline: P(W &gt; t) &lt;= exp(-theta t), theta the root of
/// sum rate (exp(theta seconds) - 1) = theta (Lundberg's inequality; Kingman 1964 for queues). A bound, not a fit.</item>
/// <item>Several deadlines: as under fixed priorities, the tighter deadline first and no preemption. A wait is then longer by the longest
/// frame of a looser deadline, and by 1 / (1 - utilisation of tighter ones) (Cobham 1954). The engine's order by deadline
/// is on time where a fixed order is.</item>
/// </list>
/// More frames, longer service or one more flow never shorten a predicted tail.
/// </summary>
/// <param name="flows">Everything the engine has to serve.</param>
/// <param name="tailMargin">Seconds of a slow frame over those of a typical one.</param>
public sealed class QueueForecast(IReadOnlyList<ServiceFlow> flows, double tailMargin)
{
    private const int Halvings = 60;

    /// <summary>Offered load over capacity.</summary>
    public double Utilisation { get; } = flows.Sum(flow => flow.Utilisation);

    /// <summary>Whether that share of every flow's frames is predicted to be answered inside its deadline.</summary>
    public bool Holds(double attainment)
    {
        foreach (var deadline in flows.Select(flow => flow.DeadlineSeconds).Distinct())
        {
            var slowest = flows.Where(flow => Same(flow.DeadlineSeconds, deadline)).MaxBy(flow => flow.Seconds);
            if (Tail(slowest, attainment) > deadline)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Seconds from arrival to answer that at most 1 - <paramref name="attainment"/> of the flow's frames exceed; infinity where the queue would grow for ever.</summary>
    public double Tail(in ServiceFlow flow, double attainment)
    {
        var deadline = flow.DeadlineSeconds;
        var blocking = flows.Where(other => other.DeadlineSeconds > deadline).Select(other => other.Seconds).DefaultIfEmpty().Max();
        return Sojourn(flow, tailMargin, blocking, Math.Log(1 / (1 - attainment)));
    }

    /// <summary>Median seconds from arrival to answer, for information: the same tail, scaled to the share of frames that wait at all.</summary>
    public double Median(in ServiceFlow flow)
    {
        var deadline = flow.DeadlineSeconds;
        var busy = flows.Where(other => other.DeadlineSeconds <= deadline).Sum(other => other.Utilisation);
        return Sojourn(flow, 1, 0, Math.Max(0, Math.Log(2 * busy)));
    }

    /// <param name="flow">Whose frame.</param>
    /// <param name="margin">On every service time.</param>
    /// <param name="blocking">Seconds of a frame that had begun.</param>
    /// <param name="exponent">theta t at the percentile.</param>
    private double Sojourn(in ServiceFlow flow, double margin, double blocking, double exponent)
    {
        var deadline = flow.DeadlineSeconds;
        var tighter = margin * flows.Where(other => other.DeadlineSeconds < deadline).Sum(other => other.Utilisation);
        var decay = Decay(deadline, margin);
        return tighter >= 1 || decay <= 0
            ? double.PositiveInfinity
            : (margin * flow.Seconds) + (((margin * blocking) + (exponent / decay)) / (1 - tighter));
    }

    /// <summary>theta of the flows up to that deadline, per second; 0 where they fill the engine, infinity where they ask nothing.</summary>
    private double Decay(double deadline, double margin)
    {
        var within = flows.Where(flow => flow.DeadlineSeconds <= deadline && flow.Utilisation > 0).ToArray();
        if (within.Length == 0)
        {
            return double.PositiveInfinity;
        }

        if (margin * within.Sum(flow => flow.Utilisation) >= 1)
        {
            return 0;
        }

        double Excess(double theta)
        {
            var sum = -theta;
            foreach (var flow in within)
            {
                sum += flow.FramesPerSecond * (Math.Exp(theta * margin * flow.Seconds) - 1);
            }

            return sum;
        }

        var high = 1 / within.Max(flow => flow.Seconds);
        while (Excess(high) <= 0)
        {
            high *= 2;
        }

        var low = 0d;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Excess(middle) > 0 ? (low, middle) : (middle, high);
        }

        return low;
    }

    private static bool Same(double a, double b) => a.Equals(b);
}
