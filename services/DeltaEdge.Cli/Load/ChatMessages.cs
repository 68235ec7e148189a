using System.Text.Json;

namespace DeltaEdge.Cli.Load;

/// <summary>The <c>messages</c> of a chat completion request: one question about one JPEG.</summary>
internal static class ChatMessages
{
    private static ReadOnlySpan<byte> DataUrl => "data:image/jpeg;base64,"u8;

    /// <param name="json">Inside the request's object.</param>
    /// <param name="question">The question.</param>
    /// <param name="base64">The JPEG in base64, as ASCII.</param>
    public static void Write(Utf8JsonWriter json, string question, ReadOnlySpan<byte> base64)
    {
        json.WriteStartArray("messages");
        json.WriteStartObject();
        json.WriteString("role", "user");
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", question);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "image_url");
        json.WriteStartObject("image_url");
        json.WriteString("url", (byte[])[.. DataUrl, .. base64]);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
