using System.Text.Json.Serialization;

namespace DeltaEdge.Cli.Up;

/// <summary>Body of <c>/demo/load</c>.</summary>
internal sealed record DemoLoadBody([property: JsonRequired] double AsksPerSecond);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DemoLoadBody))]
internal sealed partial class DemoJson : JsonSerializerContext;
