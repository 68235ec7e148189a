using System.Text.Json.Serialization;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Delivery.Intake;

namespace DeltaEdge.Delivery;

/// <summary>JSON of what is delivered, and of targets on disk.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DeliveryBody))]
[JsonSerializable(typeof(DeliveryTarget))]
internal sealed partial class DeliveryJsonContext : JsonSerializerContext;
