using System.Text.Json.Serialization;

namespace DeltaEdge.Core.Answers;

/// <summary>One question's outcome on one frame of a stream, as readers of the stream's feed get it.</summary>
public sealed record StreamAnswer
{
    /// <summary>Position in the stream's answer log; what <c>Last-Event-ID</c> names.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Id { get; init; }

    public required string StreamId { get; init; }

    public required string QuestionId { get; init; }

    public required string Question { get; init; }

    /// <summary>The answer; null unless the outcome is on_time, late or gated.</summary>
    public string? Answer { get; init; }

    /// <summary>on_time, late, expired, rejected or failed; gated for the last answer given again because nothing had changed.</summary>
    public required string Outcome { get; init; }

    /// <summary>Number of the frame within the source's life.</summary>
    public required long FrameIndex { get; init; }

    /// <summary>Position in the source, seconds; for a looping file the position within the clip.</summary>
    public required double SourceSeconds { get; init; }

    /// <summary>When the frame was captured, wall clock of the worker.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>What the answer was given, and what it took.</summary>
    public required AnswerInfo Deltaedge { get; init; }
}
