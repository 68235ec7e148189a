namespace DeltaEdge.Evaluation.Workloads.Families;

/// <summary>Poisson arrivals; ten times as many for the second third of the run, 4 times the capacity or what the name says (<c>step-rho3</c>); then as before.</summary>
internal static class LoadStep
{
    public const string Name = "step";

    private const double UsualHigh = 4;
    private const double Factor = 10;

    public static IEnumerable<string> Names => [Name];

    public static Workload? Find(string name, WorkloadSettings settings)
    {
        if (WorkloadName.Numbers(name, Name, ("rho", UsualHigh)) is not [var load])
        {
            return null;
        }

        var (up, down) = (settings.DurationSeconds / 3, settings.DurationSeconds * 2 / 3);
        var (low, high) = (load / Factor * settings.CapacityPerSecond, load * settings.CapacityPerSecond);
        var times = ArrivalTimes.Poisson(new Draws(settings.Seed, name), settings.DurationSeconds, at => at >= up && at < down ? high : low, high);
        var description = FormattableString.Invariant($"{load / Factor} times the capacity, for the middle third ten times as much.");
        return Clients.Build(name, description, settings, times) with { StepAtSeconds = up, StepEndsAtSeconds = down };
    }
}
