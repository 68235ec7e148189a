using System.Text.Json.Serialization;

namespace DeltaEdge.Worker.Swapping;

/// <summary>What <c>/admin/model</c> says.</summary>
/// <param name="Model">Name of the model in force.</param>
/// <param name="Swap">The swap that runs or ran last; null if there was none since the start.</param>
internal sealed record ModelStatus(string Model, SwapProgress? Swap);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelStatus))]
internal sealed partial class SwapJson : JsonSerializerContext;
