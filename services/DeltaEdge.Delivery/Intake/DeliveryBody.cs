using System.Text.Json.Serialization;
using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Events;

namespace DeltaEdge.Delivery.Intake;

/// <summary>What a target gets: an answer or an event, in the same envelope whatever the way.</summary>
internal sealed record DeliveryBody
{
    /// <summary>answer, rule, state or heartbeat.</summary>
    public required string Type { get; init; }

    public required string StreamId { get; init; }

    /// <summary>The same for every delivery of the same message: what a receiver drops repeats by.</summary>
    public required string DedupeKey { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StreamEvent? Event { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StreamAnswer? Answer { get; init; }
}
