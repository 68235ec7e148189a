using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DeltaEdge.Worker.StreamApi;

/// <summary>The <c>admission</c> object: whether a stream fits this worker, and what it would get.</summary>
internal sealed record AdmissionAnswer
{
    public required bool Admitted { get; init; }

    /// <summary>Why it does not fit; left out if it does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>What it costs although it fits: answers of some stream are predicted to be late now and then. Left out if nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Warning { get; init; }

    /// <summary>Changes of which each alone would make it fit; left out if it does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Fits { get; init; }

    /// <summary>Visual tokens predicted for it now.</summary>
    public required int Budget { get; init; }

    /// <summary>Of the engine, with all streams at the budgets predicted for them.</summary>
    public required double PredictedUtilisation { get; init; }

    /// <summary>Of the engine, with all streams at their floors.</summary>
    public required double FloorUtilisation { get; init; }

    /// <summary>Predicted 99th percentile from capture to answer; null where no bound can be given.</summary>
    public required double? PredictedP99Ms { get; init; }

    /// <summary>By question kind at that budget, 0 to 1.</summary>
    public required ImmutableSortedDictionary<string, double> ExpectedAccuracy { get; init; }

    public required string AccuracyBasis { get; init; }
}

/// <summary>The body of <c>POST /v1/streams?dry_run=true</c>.</summary>
internal sealed record DryRunAnswer(string Object, string Id, AdmissionAnswer Admission);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DryRunAnswer))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class AdmissionJson : JsonSerializerContext;
