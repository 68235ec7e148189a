using System.Collections.Immutable;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Core.Capacity;

/// <summary>Whether a stream can be added to a worker, and what it would get.</summary>
public sealed record StreamAdmission
{
    /// <summary>Why it does not fit, in one sentence; null if it does.</summary>
    public required string? Refusal { get; init; }

    /// <summary>What it costs although it fits, in one sentence; null if every promise is predicted to hold.</summary>
    public required string? Warning { get; init; }

    /// <summary>Visual tokens predicted for it with all streams at work; its floor if it does not fit.</summary>
    public required int Budget { get; init; }

    /// <summary>Of the worker at the budgets predicted for all its streams.</summary>
    public required double Utilisation { get; init; }

    /// <summary>Of the worker with every stream at its floor: what admission goes by.</summary>
    public required double FloorUtilisation { get; init; }

    /// <summary>Predicted 99th percentile of its frames, seconds. May be beyond the deadline: then answers are late now and then.</summary>
    public required double P99Seconds { get; init; }

    /// <summary>Expected accuracy by question kind at <see cref="Budget"/>.</summary>
    public required ImmutableSortedDictionary<QuestionKind, double> Accuracy { get; init; }

    public bool IsAdmitted => Refusal is null;
}
