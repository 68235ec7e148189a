using System.Text.Json.Serialization;
using DeltaEdge.Core.Planning;

namespace DeltaEdge.Fabric.Json;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(TokenLadderConverter)])]
[JsonSerializable(typeof(WorkerReport))]
[JsonSerializable(typeof(BudgetPlan))]
internal sealed partial class FabricJsonContext : JsonSerializerContext;
