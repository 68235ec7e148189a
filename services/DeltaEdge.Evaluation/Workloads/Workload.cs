using System.Collections.Immutable;

namespace DeltaEdge.Evaluation.Workloads;

/// <summary>Everything that reaches the system during a run, fixed before it begins, so that every policy meets the same.</summary>
public sealed record Workload
{
    /// <summary>Short name for tables and file names: <c>w2-cv4</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for a report's reader.</summary>
    public required string Description { get; init; }

    public required int Seed { get; init; }

    public required double DurationSeconds { get; init; }

    public required ImmutableArray<CameraShape> Streams { get; init; }

    /// <summary>In order of capture.</summary>
    public required ImmutableArray<FrameArrival> Arrivals { get; init; }

    /// <summary>What happens to workers, in order of time.</summary>
    public ImmutableArray<WorkerFault> Faults { get; init; } = [];

    /// <summary>When there is no shared state, in order of time.</summary>
    public ImmutableArray<Outage> Outages { get; init; } = [];

    /// <summary>When the load steps up, if it is about a step: recovery is counted from here. Seconds.</summary>
    public double? StepAtSeconds { get; init; }

    /// <summary>When that step of load ends: what comes after says nothing of recovery. Null if it stays to the run's end. Seconds.</summary>
    public double? StepEndsAtSeconds { get; init; }
}
