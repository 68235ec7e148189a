using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Evaluation.Workloads;

/// <summary>One camera of a workload, or one client that sends images: what it asks, and what it was promised.</summary>
public sealed record CameraShape
{
    public required string Id { get; init; }

    /// <summary>SLA class by name.</summary>
    public required string SlaClass { get; init; }

    /// <summary>What an answer counts where classes count differently: its class's weight.</summary>
    public double Weight => SlaTerms.WeightOf(SlaClass);

    /// <summary>Capture to answer, seconds.</summary>
    public required double DeadlineSeconds { get; init; }

    /// <summary>Floor and ceiling asked for.</summary>
    public required BudgetRange Range { get; init; }

    /// <summary>Whether one worker owns it and serves all its frames, as with a camera. What a client asks, one question at a time, goes where it is predicted to be answered first.</summary>
    public bool Placed { get; init; }

    /// <summary>One entry per question that is asked of each frame.</summary>
    public required ImmutableArray<QuestionKind> Kinds { get; init; }
}
