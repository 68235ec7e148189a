using System.Collections.Immutable;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Runs;

/// <summary>One policy on one workload, real or simulated.</summary>
public sealed record PolicyRun
{
    public required string Policy { get; init; }

    public required Workload Workload { get; init; }

    /// <summary>One per question of every arrival, in order of arrival and question.</summary>
    public required ImmutableArray<AskRecord> Asks { get; init; }
}
