namespace DeltaEdge.Evaluation.Workloads.Families;

/// <summary>W8: Poisson arrivals above the capacity, so that a plan matters; for the second third of the run the shared state is away.</summary>
internal static class SharedStateLoss
{
    private const double UsualLoad = 1.2;

    public static IEnumerable<string> Names => ["w8-shared-state"];

    public static Workload? Find(string name, WorkloadSettings settings)
    {
        if (WorkloadName.Numbers(name, "w8-shared-state", ("rho", UsualLoad)) is not [var rho])
        {
            return null;
        }

        var outage = new Outage(settings.DurationSeconds / 3, settings.DurationSeconds * 2 / 3);
        var times = ArrivalTimes.Poisson(new Draws(settings.Seed, name), settings.DurationSeconds, rho * settings.CapacityPerSecond);
        var description = FormattableString.Invariant($"Poisson arrivals at {rho} times the capacity; for the middle third the shared state is away.");
        return Clients.Build(name, description, settings, times) with { Outages = [outage] };
    }
}
