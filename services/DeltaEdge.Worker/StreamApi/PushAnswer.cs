using System.Text.Json.Serialization;
using DeltaEdge.Streams.Push;

namespace DeltaEdge.Worker.StreamApi;

/// <summary>What became of a pushed frame: the body of a 202, and the text message that acknowledges one over a WebSocket.</summary>
internal sealed record PushAnswer
{
    [JsonPropertyName("object")]
    public string ObjectType { get; } = "stream.frame";

    /// <summary>accepted; replaced: accepted in place of a frame that nobody had been asked about yet; rejected.</summary>
    public required string Outcome { get; init; }

    /// <summary>Its number, as answers name it; left out for a rejected one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Frame { get; init; }

    /// <summary>Milliseconds since the frame was taken that has waited longest to be asked about; 0 if none waits.</summary>
    public double QueueAgeMs { get; init; }

    /// <summary>Why it was rejected, and what is allowed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>The reason's code.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    public static PushAnswer Of(PushReceipt receipt) => receipt.Error is { } error
        ? new PushAnswer { Outcome = "rejected", Reason = error.Message, Code = error.Code }
        : new PushAnswer
        {
            Outcome = receipt.HasReplaced ? "replaced" : "accepted",
            Frame = receipt.FrameIndex,
            QueueAgeMs = Math.Round(receipt.QueueAge.TotalMilliseconds, 1),
        };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PushAnswer))]
internal sealed partial class PushJson : JsonSerializerContext;
