using System.Text.Json.Serialization;

namespace DeltaEdge.Core.Models;

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(CompiledModel))]
internal sealed partial class ModelJsonContext : JsonSerializerContext;
