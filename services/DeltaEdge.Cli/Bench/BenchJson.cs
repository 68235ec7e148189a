using System.Text.Json.Serialization;

namespace DeltaEdge.Cli.Bench;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BenchPlan))]
[JsonSerializable(typeof(RunPace))]
internal sealed partial class BenchJson : JsonSerializerContext;
