using System.Collections.Immutable;
using System.Text.Json.Serialization;
using DeltaEdge.Core.Access;

namespace DeltaEdge.Fabric.Keys;

/// <summary>The key file's content.</summary>
internal sealed record KeyFileBody([property: JsonRequired] ImmutableArray<ApiKey> Keys);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true, WriteIndented = true)]
[JsonSerializable(typeof(KeyFileBody))]
[JsonSerializable(typeof(ApiKey))]
internal sealed partial class KeyJson : JsonSerializerContext;
