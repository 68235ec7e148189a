namespace DeltaEdge.Evaluation.Workloads.Families;

/// <summary>W7: Poisson arrivals just below the capacity, while every 12 s a worker, one after the other, is lost for 6 s.</summary>
internal static class WorkerLoss
{
    private const double UsualLoad = 0.9;
    private const double EverySeconds = 12;
    private const double AwaySeconds = 6;

    public static IEnumerable<string> Names => ["w7-worker-loss"];

    public static Workload? Find(string name, WorkloadSettings settings)
    {
        if (WorkloadName.Numbers(name, "w7-worker-loss", ("rho", UsualLoad)) is not [var rho])
        {
            return null;
        }

        var faults = new List<WorkerFault>();
        for (var i = 1; i * EverySeconds < settings.DurationSeconds; i++)
        {
            var worker = (i - 1) % settings.Workers;
            faults.Add(new(i * EverySeconds, worker, Returns: false));
            faults.Add(new((i * EverySeconds) + AwaySeconds, worker, Returns: true));
        }

        var times = ArrivalTimes.Poisson(new Draws(settings.Seed, name), settings.DurationSeconds, rho * settings.CapacityPerSecond);
        var description = FormattableString.Invariant($"Poisson arrivals at {rho} times the capacity; every {EverySeconds} s a worker is lost for {AwaySeconds} s.");
        return Clients.Build(name, description, settings, times) with { Faults = [.. faults.Where(f => f.AtSeconds < settings.DurationSeconds)] };
    }
}
