using System.Text.Json.Serialization;

namespace DeltaEdge.Core.Wire;

/// <summary>Source-generated JSON of the shapes that every host sends: snake_case, nulls written where OpenAI's shapes want the key.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ApiErrorBody))]
public sealed partial class WireJson : JsonSerializerContext;
