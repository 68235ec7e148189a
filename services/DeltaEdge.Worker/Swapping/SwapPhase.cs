using System.Text.Json.Serialization;

namespace DeltaEdge.Worker.Swapping;

/// <summary>What a swap does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SwapPhase>))]
internal enum SwapPhase
{
    /// <summary>Reads the package and compiles it if that was not done before.</summary>
    [JsonStringEnumMemberName("compiling")]
    Compiling = 0,

    /// <summary>Opens the graphs, runs each of their shapes, measures or recalls the latency profile.</summary>
    [JsonStringEnumMemberName("warming")]
    Warming = 1,

    /// <summary>The new model is in force; asks that the old one had are finished by it.</summary>
    [JsonStringEnumMemberName("draining")]
    Draining = 2,

    /// <summary>The old engine is disposed.</summary>
    [JsonStringEnumMemberName("done")]
    Done = 3,

    /// <summary>The old model serves on.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed = 4,
}
