using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeltaEdge.Core.Budgets;

namespace DeltaEdge.Fabric.Json;

/// <summary>A ladder as its array of budgets, largest first.</summary>
internal sealed class TokenLadderConverter : JsonConverter<TokenLadder>
{
    private const int MostRungs = 64;

    public override TokenLadder Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A token ladder is an array of budgets.");
        }

        var budgets = ImmutableArray.CreateBuilder<int>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (budgets.Count == MostRungs || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var budget))
            {
                throw new JsonException($"A token ladder holds at most {MostRungs} whole numbers.");
            }

            budgets.Add(budget);
        }

        try
        {
            return new(budgets.ToImmutable());
        }
        catch (ArgumentException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

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
