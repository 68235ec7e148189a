using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;

namespace DeltaEdge.Core.Planning;

/// <summary>
/// Demand of one worker's streams and asks that are alike to the planner: same SLA class, range and question kinds. The planner
/// gives a cell one budget per price, so a fleet of any size plans as many cells as there are kinds of streams.
/// </summary>
public sealed record DemandCell
{
    public required string SlaClass { get; init; }

    /// <summary>Floor (the kinds' own floors included) and ceiling.</summary>
    public required BudgetRange Range { get; init; }

    /// <summary>Frames that arrived per second, dropped ones included.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Questions that arrived per second, dropped ones included.</summary>
    public required double QuestionsPerSecond { get; init; }

    /// <summary>Mean tokens of an answer.</summary>
    public double MeanAnswerTokens { get; init; } = 2;

    /// <summary>By rung: expected correct answers per frame (sum of its questions' accuracies), as corrected by agreement probes. Not weighted by class.</summary>
    public required ImmutableArray<double> Values { get; init; }
}
