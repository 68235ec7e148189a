namespace DeltaEdge.Evaluation.Workloads;

/// <summary>What a workload is made for.</summary>
public sealed record WorkloadSettings
{
    /// <summary>Asks (frames, where frames have several questions) per second that the fleet serves at the full budget: load 1.</summary>
    public required double CapacityPerSecond { get; init; }

    /// <summary>Length of the run, seconds.</summary>
    public double DurationSeconds { get; init; } = 60;

    /// <summary>The same seed gives the same workload, another one another.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Workers of the fleet, for workloads that take some away.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>Kinds of question.</summary>
    public KindMix KindMix { get; init; } = KindMix.Default;

    /// <exception cref="ArgumentException">A number is not positive and finite.</exception>
    internal void Check()
    {
        if (!(CapacityPerSecond > 0 && double.IsFinite(CapacityPerSecond)))
        {
            throw new ArgumentException($"CapacityPerSecond is {CapacityPerSecond}; it must be above 0.");
        }

        if (!(DurationSeconds > 0 && double.IsFinite(DurationSeconds)))
        {
            throw new ArgumentException($"DurationSeconds is {DurationSeconds}; it must be above 0.");
        }

        if (Workers < 1)
        {
            throw new ArgumentException($"Workers is {Workers}; it must be at least 1.");
        }
    }
}
