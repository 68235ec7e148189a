using System.Text.Json;
using System.Text.Json.Serialization;
using DeltaEdge.Core.Budgets;

namespace DeltaEdge.Gateway.Status;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(LadderConverter)])]
[JsonSerializable(typeof(FleetStatus))]
internal sealed partial class StatusJson : JsonSerializerContext
{
    /// <summary>A ladder as its budgets, largest first; the gateway never reads one back.</summary>
    private sealed class LadderConverter : JsonConverter<TokenLadder>
    {
        public override TokenLadder Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, TokenLadder value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var budget in value.Budgets)
            {
                writer.WriteNumberValue(budget);
            }

            writer.WriteEndArray();
        }
    }
}
