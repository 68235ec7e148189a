using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeltaEdge.Gateway.Streams;

/// <summary>A list of streams as workers give it and as it goes out; what a stream looks like is the workers' business.</summary>
internal sealed record StreamPage([property: JsonRequired] ImmutableArray<JsonElement> Data)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "list";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StreamPage))]
internal sealed partial class StreamListJson : JsonSerializerContext;
