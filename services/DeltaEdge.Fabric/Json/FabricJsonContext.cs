using System.Text.Json.Serialization;
using DeltaEdge.Core.Planning;
using DeltaEdge.Fabric.Catalog;

namespace DeltaEdge.Fabric.Json;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(TokenLadderConverter)])]
[JsonSerializable(typeof(WorkerReport))]
[JsonSerializable(typeof(BudgetPlan))]
[JsonSerializable(typeof(StreamRecord))]
internal sealed partial class FabricJsonContext : JsonSerializerContext;
