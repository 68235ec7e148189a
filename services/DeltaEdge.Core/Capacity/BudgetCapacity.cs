using System.Collections.Immutable;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Core.Capacity;

/// <summary>What fits at one budget.</summary>
public sealed record BudgetCapacity
{
    /// <summary>Visual tokens per frame.</summary>
    public required int Budget { get; init; }

    /// <summary>Most streams on all workers together; 0 if not even one on each is predicted to be on time.</summary>
    public required int Streams { get; init; }

    /// <summary>Frames per second of those streams together.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Of the fullest worker, with one stream if none fits.</summary>
    public required double Utilisation { get; init; }

    /// <summary>Predicted median seconds from capture to answer, on the fullest worker.</summary>
    public required double P50Seconds { get; init; }

    /// <summary>Predicted 99th percentile (or that of the attainment asked for), seconds; infinity where the queue would grow for ever.</summary>
    public required double P99Seconds { get; init; }

    /// <summary>Expected accuracy by question kind, 0 to 1.</summary>
    public required ImmutableSortedDictionary<QuestionKind, double> Accuracy { get; init; }

    /// <summary>Mean over the stream's questions.</summary>
    public required double MeanAccuracy { get; init; }

    /// <summary>Whether the mean reaches the accuracy asked for and the budget lies within the stream's range.</summary>
    public required bool IsAllowed { get; init; }
}
