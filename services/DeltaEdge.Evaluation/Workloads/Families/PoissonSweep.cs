namespace DeltaEdge.Evaluation.Workloads.Families;

/// <summary>W1: Poisson arrivals at a constant load.</summary>
internal static class PoissonSweep
{
    public static IEnumerable<string> Names => ["w1-rho0.3", "w1-rho0.6", "w1-rho0.8", "w1-rho1", "w1-rho1.5", "w1-rho2", "w1-rho3", "w1-rho4"];

    public static Workload? Find(string name, WorkloadSettings settings)
    {
        if (WorkloadName.Numbers(name, "w1", ("rho", null)) is not [var rho])
        {
            return null;
        }

        var draws = new Draws(settings.Seed, name);
        var times = ArrivalTimes.Poisson(draws, settings.DurationSeconds, rho * settings.CapacityPerSecond);
        return Clients.Build(name, FormattableString.Invariant($"Poisson arrivals at {rho} times the capacity at full budget."), settings, times);
    }
}
