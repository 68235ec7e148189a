namespace DeltaEdge.Core.Answers;

/// <summary>The <c>deltaedge</c> object of every answer: what it was given, why, and what it took.</summary>
public sealed record AnswerInfo
{
    /// <summary>Visual tokens spent; 0 if the question never reached the model.</summary>
    public required int Budget { get; init; }

    public required int ImageTokens { get; init; }

    public required int FullBudget { get; init; }

    public required string QuestionKind { get; init; }

    /// <summary>Accuracy that the manifest's profile expects at this budget for this kind, 0 to 1.</summary>
    public required double ExpectedAccuracy { get; init; }

    public required string AccuracyBasis { get; init; }

    /// <summary>none, load, floor or class.</summary>
    public required string DegradedReason { get; init; }

    public required string SlaClass { get; init; }

    public required int DeadlineMs { get; init; }

    /// <summary>From capture to answer.</summary>
    public required double CaptureAgeMs { get; init; }

    public required bool OnTime { get; init; }

    public required LatencySplit Latency { get; init; }

    public required string Worker { get; init; }
}
