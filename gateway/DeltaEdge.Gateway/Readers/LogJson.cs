using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeltaEdge.Core.Streams;
using DeltaEdge.Fabric.Answers;

namespace DeltaEdge.Gateway.Readers;

/// <summary>Entries and notices as readers get them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LogGap))]
internal sealed partial class LogJson : JsonSerializerContext
{
    public static byte[] Data(LogEntry entry) => entry.Answer is { } answer
        ? JsonSerializer.SerializeToUtf8Bytes(answer, StreamJsonContext.Default.StreamAnswer)
        : JsonSerializer.SerializeToUtf8Bytes(entry.Event!, StreamJsonContext.Default.StreamEvent);

    public static byte[] Data(LogGap gap) => JsonSerializer.SerializeToUtf8Bytes(gap, Default.LogGap);

    /// <summary>A WebSocket message: <c>{"type", "id", "data"}</c>.</summary>
    public static byte[] Message(string type, long id, byte[] data) => Write(json =>
    {
        json.WriteString("type", type);
        json.WriteNumber("id", id);
        json.WritePropertyName("data");
        json.WriteRawValue(data);
    });

    /// <summary>A page, with what to send as <c>after</c> for the next.</summary>
    public static byte[] Page(FilteredPage page) => Write(json =>
    {
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var entry in page.Entries)
        {
            json.WriteRawValue(Data(entry));
        }

        json.WriteEndArray();
        json.WriteNumber("next_after", page.NextAfter);
        if (page.Missed is { } number)
        {
            json.WriteNumber("missed", number);
        }
        else
        {
            json.WriteNull("missed");
        }
    });

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
