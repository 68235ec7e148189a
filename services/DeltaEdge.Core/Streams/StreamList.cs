using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DeltaEdge.Core.Streams;

/// <summary>The body of <c>GET /v1/streams</c>.</summary>
public sealed record StreamList(ImmutableArray<StreamStatus> Data)
{
    /// <summary>What this is.</summary>
    [JsonPropertyName("object")]
    public string ObjectType { get; } = "list";
}
