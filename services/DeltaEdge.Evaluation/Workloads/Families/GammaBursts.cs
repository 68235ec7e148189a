namespace DeltaEdge.Evaluation.Workloads.Families;

/// <summary>
/// W2: an even base and, on top, a renewal process with gamma intervals, the bursty traces of SuperServe (NSDI'25). The name's number
/// is the squared coefficient of variation of the intervals of the variable part, as in that paper; those of the whole trace vary less,
/// because the base ends every long one.
/// </summary>
internal static class GammaBursts
{
    /// <summary>Part of the mean rate that comes evenly; SuperServe's traces have between 0.21 and 0.34.</summary>
    private const double BaseShare = 0.25;

    private const double UsualLoad = 2;

    public static IEnumerable<string> Names => ["w2-cv1", "w2-cv2", "w2-cv4", "w2-cv8"];

    public static Workload? Find(string name, WorkloadSettings settings)
    {
        if (WorkloadName.Numbers(name, "w2", ("cv", null), ("rho", UsualLoad)) is not [var cv2, var rho])
        {
            return null;
        }

        var draws = new Draws(settings.Seed, name);
        var rate = rho * settings.CapacityPerSecond;
        var even = ArrivalTimes.Regular(draws, settings.DurationSeconds, BaseShare * rate).ToList();
        var bursts = ArrivalTimes.Gamma(draws, settings.DurationSeconds, (1 - BaseShare) * rate, cv2);
        var description = FormattableString.Invariant($"An even quarter and gamma bursts of squared coefficient of variation {cv2}, {rho} times the capacity on average.");
        return Clients.Build(name, description, settings, even.Concat(bursts).Order());
    }
}
