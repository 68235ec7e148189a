namespace DeltaEdge.Evaluation.Workloads.Families;

/// <summary>
/// W4: what calls of serverless functions look like, made by ourselves; not the Azure Functions 2019 trace. Few functions make most
/// calls (Zipf weights over the clients), a fifth of them are timers that fire evenly, and the others come in on-off bursts, the
/// burstier the rarer the function. All together keep the mean load of the name.
/// </summary>
internal static class FunctionTrace
{
    private const double UsualLoad = 1.2;
    private const double ZipfExponent = 1.2;
    private const int TimerEvery = 5;

    /// <summary>Calls of a burst come this many times as fast as the function's mean.</summary>
    private const double LeastBurst = 1.5;
    private const double MostBurst = 12;

    private const double MeanOnSeconds = 2;

    public static IEnumerable<string> Names => ["w4-functions"];

    public static Workload? Find(string name, WorkloadSettings settings)
    {
        if (WorkloadName.Numbers(name, "w4-functions", ("rho", UsualLoad)) is not [var rho])
        {
            return null;
        }

        var draws = new Draws(settings.Seed, name);
        var clients = Enumerable.Range(0, Clients.Count).ToArray();
        draws.Shuffle(clients.AsSpan());
        var total = clients.Select((_, rank) => Weight(rank)).Sum();
        var arrivals = new List<FrameArrival>();
        for (var rank = 0; rank < clients.Length; rank++)
        {
            var rate = rho * settings.CapacityPerSecond * Weight(rank) / total;
            var times = rank % TimerEvery == TimerEvery - 1
                ? ArrivalTimes.Regular(draws, settings.DurationSeconds, rate)
                : OnOff(draws, settings.DurationSeconds, rate, LeastBurst + ((MostBurst - LeastBurst) * rank / (clients.Length - 1)));
            foreach (var at in times)
            {
                arrivals.Add(new(at, clients[rank], draws.Bits()));
            }
        }

        var description = FormattableString.Invariant($"A heavy-tailed mix of timers and on-off functions, {rho} times the capacity on average. Synthetic.");
        return Clients.Build(name, description, settings, arrivals.OrderBy(a => a.AtSeconds));
    }

    private static double Weight(int rank) => Math.Pow(rank + 1, -ZipfExponent);

    /// <summary>Poisson arrivals at <paramref name="burst"/> times the mean rate while on, none while off; both for exponential times.</summary>
    private static IEnumerable<double> OnOff(Draws draws, double end, double rate, double burst)
    {
        var meanOff = MeanOnSeconds * (burst - 1);
        var on = draws.Uniform() * burst < 1;
        for (var begin = 0d; begin < end; on = !on)
        {
            var length = draws.Exponential(on ? MeanOnSeconds : meanOff);
            var stop = Math.Min(end, begin + length);
            if (on)
            {
                foreach (var at in ArrivalTimes.Poisson(draws, stop - begin, rate * burst))
                {
                    yield return begin + at;
                }
            }

            begin += length;
        }
    }
}
