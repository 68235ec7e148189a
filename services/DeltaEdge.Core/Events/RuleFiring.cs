using System.Text.Json.Serialization;

namespace DeltaEdge.Core.Events;

/// <summary>A rule's condition came true: on which answer, and the frame that shows it.</summary>
public sealed record RuleFiring
{
    public required string RuleId { get; init; }

    public required string QuestionId { get; init; }

    public required string Question { get; init; }

    public required string Answer { get; init; }

    /// <summary>The answer before the condition came true; null if there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PreviousAnswer { get; init; }

    public required long FrameIndex { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>The frame, JPEG; null if the rule wants none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public byte[]? EvidenceJpeg { get; init; }
}
