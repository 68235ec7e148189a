namespace DeltaEdge.Evaluation.Workloads.Families;

/// <summary>
/// W3: Poisson arrivals at half the capacity for a sixth of the run, then a straight climb to four times the capacity, then that. The
/// name's number is the climb in asks/s² for a fleet that serves 500 asks/s; for another fleet it is scaled, so that the climb takes
/// as long. What does not fit into the run is cut off.
/// </summary>
internal static class LoadRamp
{
    private const double Low = 0.5;
    private const double High = 4;
    private const double ReferenceCapacity = 500;

    public static IEnumerable<string> Names => ["w3-ramp-50", "w3-ramp-250", "w3-ramp-1000"];

    public static Workload? Find(string name, WorkloadSettings settings)
    {
        if (WorkloadName.Numbers(name, "w3-ramp", (string.Empty, null)) is not [var slope])
        {
            return null;
        }

        var begin = settings.DurationSeconds / 6;
        double RateAt(double at) => settings.CapacityPerSecond * Math.Clamp(Low + ((at - begin) * slope / ReferenceCapacity), Low, High);
        var times = ArrivalTimes.Poisson(new Draws(settings.Seed, name), settings.DurationSeconds, RateAt, High * settings.CapacityPerSecond);
        var top = RateAt(settings.DurationSeconds) / settings.CapacityPerSecond;
        var seconds = (top - Low) * ReferenceCapacity / slope;
        var description = FormattableString.Invariant($"A climb from {Low} to {top:0.##} times the capacity within {seconds:0.#} s.");
        return Clients.Build(name, description, settings, times);
    }
}
