using System.Collections.Immutable;
using System.Text.Json.Serialization;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Planning;

/// <summary>A worker's heartbeat: where it is, what it can do, and how it is doing. Everything the gateway and the controller know of it.</summary>
public sealed record WorkerReport
{
    public required string WorkerId { get; init; }

    /// <summary>Base address that the gateway forwards to.</summary>
    public required string Address { get; init; }

    public required string Model { get; init; }

    /// <summary>Name of the serving policy that it goes by.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Policy { get; init; }

    /// <summary>Rises by one with each report of a worker's life, so that a reader can tell old from new.</summary>
    public required long Sequence { get; init; }

    public required LatencyProfile Profile { get; init; }

    public ImmutableArray<ClassLoad> Classes { get; init; } = [];

    /// <summary>The same demand by what a planner must tell apart; bounded in number.</summary>
    public ImmutableArray<DemandCell> Demand { get; init; } = [];

    /// <summary>Questions waiting for the engine.</summary>
    public int QueueDepth { get; init; }

    /// <summary>Predicted seconds until the engine has served what waits now.</summary>
    public double BacklogSeconds { get; init; }

    /// <summary>Rows decoding now.</summary>
    public int ActiveRows { get; init; }

    /// <summary>Share of the window in which the engine worked, 0 to 1.</summary>
    public double BusyRatio { get; init; }

    /// <summary>Budget most recently spent, visual tokens.</summary>
    public int CurrentBudget { get; init; }

    public int Streams { get; init; }

    /// <summary>Most streams that it takes.</summary>
    public int MaxStreams { get; init; }

    /// <summary>Asked to take no new work.</summary>
    public bool Draining { get; init; }
}
