namespace DeltaEdge.Evaluation.Workloads.Families;

/// <summary>Poisson arrivals at 0.4 times the capacity; ten times that for the second third of the run; then as before.</summary>
internal static class LoadStep
{
    public const string Name = "step";

    private const double Low = 0.4;
    private const double Factor = 10;

    public static IEnumerable<string> Names => [Name];

    public static Workload? Find(string name, WorkloadSettings settings)
    {
        if (name != Name)
        {
            return null;
        }

        var (up, down) = (settings.DurationSeconds / 3, settings.DurationSeconds * 2 / 3);
        var (low, high) = (Low * settings.CapacityPerSecond, Low * Factor * settings.CapacityPerSecond);
        var times = ArrivalTimes.Poisson(new Draws(settings.Seed, name), settings.DurationSeconds, at => at >= up && at < down ? high : low, high);
        var description = FormattableString.Invariant($"{Low} times the capacity, for the middle third ten times as much.");
        return Clients.Build(name, description, settings, times) with { StepAtSeconds = up };
    }
}
