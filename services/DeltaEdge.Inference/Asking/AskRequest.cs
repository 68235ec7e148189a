using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Inference.Asking;

/// <summary>One question about one frame, with the promise that holds for it.</summary>
public sealed record AskRequest
{
    public required VisionFrame Frame { get; init; }

    public required string Question { get; init; }

    public required QuestionKind Kind { get; init; }

    /// <summary>Floor and ceiling asked for; equal to fix the budget. The plan narrows it further.</summary>
    public required BudgetRange Range { get; init; }

    public required string SlaClass { get; init; }

    /// <summary>When the frame was captured, on the process's monotonic scale.</summary>
    public required TimeSpan CapturedAt { get; init; }

    /// <summary>When the answer stops being of use, on the same scale.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>What its answer is worth by budget, and the floor of its kind. Null takes the model's profile at weight 1 and no floor.</summary>
    public QualityCurve? Quality { get; init; }

    /// <summary>Key of the stream it comes from; 0 if it names none.</summary>
    public ulong Stream { get; init; }

    /// <summary>Longest answer wanted, tokens. Null takes what the model was made for; the context's end comes first in any case.</summary>
    public int? MaxNewTokens { get; init; }

    /// <summary>Called from the engine's thread with each new piece of the answer's text; must return at once.</summary>
    public Action<string>? OnText { get; init; }
}
