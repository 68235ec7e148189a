using System.Collections.Immutable;
using System.Text.Json.Serialization;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Core.Rules;

namespace DeltaEdge.Core.Streams;

/// <summary>A stream as the API shows it: its spec, how it goes, and never its credentials.</summary>
public sealed record StreamStatus
{
    /// <summary>What this is.</summary>
    [JsonPropertyName("object")]
    public string ObjectType { get; } = "stream";

    public required string Id { get; init; }

    /// <summary>connecting, running, stalled, reconnecting, paused, failed or ended; at the gateway also unassigned or unreachable.</summary>
    public required string State { get; init; }

    /// <summary>The worker that owns it; left out where none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Worker { get; init; }

    /// <summary>The source without user, password and query, and without credentials in its path.</summary>
    public required string Source { get; init; }

    public required ImmutableArray<StreamQuestionStatus> Questions { get; init; }

    /// <summary>Frames asked about per second, as asked for.</summary>
    public required double Fps { get; init; }

    public required string SlaClass { get; init; }

    public required int DeadlineMs { get; init; }

    public required int MinTokens { get; init; }

    public required int MaxTokens { get; init; }

    public required bool Loop { get; init; }

    /// <summary>tcp, udp or auto; of an RTSP source only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Transport { get; init; }

    /// <summary>When an unchanged scene gets its last answer again; left out where it never does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GateSpec? Gate { get; init; }

    /// <summary>Which answers are events; left out where none are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<RuleSpec> Rules { get; init; }

    /// <summary>Where events and answers go, without credentials; left out where they stay here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<DeliveryTarget> Deliver { get; init; }

    /// <summary>How the way to each of <see cref="Deliver"/> goes, in that order. Only where one stream is asked for, of its owner.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<DeliveryStatus> Deliveries { get; init; }

    public required FrameCounts Frames { get; init; }

    public required StreamRates Rates { get; init; }

    /// <summary>How often the source was opened again.</summary>
    public required long Reconnects { get; init; }

    /// <summary>Milliseconds since the newest frame; null before the first.</summary>
    public double? LastFrameAgeMs { get; init; }

    /// <summary>Why it last stopped or failed; null while nothing went wrong since it last ran.</summary>
    public string? LastError { get; init; }
}
