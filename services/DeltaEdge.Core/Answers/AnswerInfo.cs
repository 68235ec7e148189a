using System.Text.Json.Serialization;

namespace DeltaEdge.Core.Answers;

/// <summary>The <c>deltaedge</c> object of every answer: what it was given, why, and what it took.</summary>
public sealed record AnswerInfo
{
    /// <summary>Visual tokens spent; 0 if the question never reached the model.</summary>
    public required int Budget { get; init; }

    public required int ImageTokens { get; init; }

    public required int FullBudget { get; init; }

    /// <summary>Fewest visual tokens that it could be given: the floor asked for or its kind's own, whichever is higher.</summary>
    public int Floor { get; init; } = 1;

    public required string QuestionKind { get; init; }

    /// <summary>Accuracy expected at this budget for this kind on this stream: the manifest's profile, corrected by probes; 0 to 1.</summary>
    public required double ExpectedAccuracy { get; init; }

    public required string AccuracyBasis { get; init; }

    /// <summary>none, load, floor or class.</summary>
    public required string DegradedReason { get; init; }

    public required string SlaClass { get; init; }

    public required int DeadlineMs { get; init; }

    /// <summary>From capture to answer. Of a gated answer: from the capture of the frame that was really asked about.</summary>
    public required double CaptureAgeMs { get; init; }

    /// <summary>Of a gated answer: how much older the frame is that it was given for than the frame it stands for. Left out of others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? GatedAgeMs { get; init; }

    public required bool OnTime { get; init; }

    public required LatencySplit Latency { get; init; }

    public required string Worker { get; init; }
}
