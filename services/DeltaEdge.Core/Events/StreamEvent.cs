using System.Text.Json.Serialization;

namespace DeltaEdge.Core.Events;

/// <summary>Something that happened to a stream, beside its answers: a change of state, a rule that fired, a heartbeat.</summary>
public sealed record StreamEvent
{
    /// <summary>Position in the stream's log, which answers and events share; 0 before it has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Id { get; init; }

    /// <summary>state, rule or heartbeat.</summary>
    public required string Type { get; init; }

    public required string StreamId { get; init; }

    /// <summary>Wall clock of the worker.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The same for every delivery of the same event: what a receiver drops repeats by.</summary>
    public required string DedupeKey { get; init; }

    /// <summary>Of a change of state.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StateChange? State { get; init; }

    /// <summary>Of a rule that fired.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RuleFiring? Rule { get; init; }

    /// <summary>Of a heartbeat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Heartbeat? Heartbeat { get; init; }
}
