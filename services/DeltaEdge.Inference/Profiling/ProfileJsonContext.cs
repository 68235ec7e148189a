using System.Text.Json.Serialization;

namespace DeltaEdge.Inference.Profiling;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StoredProfile))]
internal sealed partial class ProfileJsonContext : JsonSerializerContext;
