namespace DeltaEdge.Evaluation.Workloads;

/// <summary>Points in time, seconds, in order, from 0 up to and without a run's end.</summary>
internal static class ArrivalTimes
{
    /// <summary>A Poisson process whose rate changes with time, by thinning (Lewis and Shedler, 1979).</summary>
    /// <param name="draws">Where chance comes from.</param>
    /// <param name="end">Seconds.</param>
    /// <param name="rate">Arrivals per second at a time; between 0 and <paramref name="highest"/>.</param>
    /// <param name="highest">No rate is above it.</param>
    public static IEnumerable<double> Poisson(Draws draws, double end, Func<double, double> rate, double highest)
    {
        if (highest <= 0)
        {
            yield break;
        }

        for (var at = draws.Exponential(1 / highest); at < end; at += draws.Exponential(1 / highest))
        {
            if (draws.Uniform() * highest < rate(at))
            {
                yield return at;
            }
        }
    }

    /// <summary>A Poisson process of a constant rate, per second.</summary>
    public static IEnumerable<double> Poisson(Draws draws, double end, double rate) => Poisson(draws, end, _ => rate, rate);

    /// <summary>A Poisson process whose rate is constant within each second.</summary>
    /// <param name="draws">Where chance comes from.</param>
    /// <param name="rates">Arrivals per second, one for each second.</param>
    public static IEnumerable<double> Poisson(Draws draws, IReadOnlyList<double> rates)
    {
        for (var second = 0; second < rates.Count; second++)
        {
            foreach (var at in Poisson(draws, 1, rates[second]))
            {
                yield return second + at;
            }
        }
    }

    /// <summary>A renewal process with gamma intervals of that squared coefficient of variation.</summary>
    public static IEnumerable<double> Gamma(Draws draws, double end, double rate, double cv2)
    {
        // A clock that starts at a renewal sees too many of the short intervals: let it run for a while first.
        const int RunIn = 20;
        var at = -RunIn / rate * Math.Max(1, cv2);
        while (true)
        {
            at += draws.Gamma(1 / rate, cv2);
            if (at >= end)
            {
                yield break;
            }

            if (at >= 0)
            {
                yield return at;
            }
        }
    }

    /// <summary>Evenly spaced, from a random phase.</summary>
    public static IEnumerable<double> Regular(Draws draws, double end, double rate)
    {
        var phase = draws.Uniform();
        for (var i = 0; (i + phase) / rate < end; i++)
        {
            yield return (i + phase) / rate;
        }
    }
}
