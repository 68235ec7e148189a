using System.Buffers;
using System.Text;
using System.Text.Json;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Cli.Bench;

/// <summary>The chat completion request of one question about one frame.</summary>
internal static class AskBody
{
    private static readonly byte[] DataUrl = Encoding.ASCII.GetBytes("data:image/jpeg;base64,");

    /// <param name="frame">The image.</param>
    /// <param name="question">The question.</param>
    /// <param name="camera">Whose promise holds.</param>
    /// <param name="capturedAt">When the frame was captured, wall clock.</param>
    public static ReadOnlyMemory<byte> Write(BenchFrame frame, BenchQuestion question, CameraShape camera, DateTimeOffset capturedAt)
    {
        var url = new byte[DataUrl.Length + frame.Base64.Length];
        DataUrl.CopyTo(url, 0);
        frame.Base64.CopyTo(url, DataUrl.Length);
        var buffer = new ArrayBufferWriter<byte>(url.Length + 1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("messages");
        json.WriteStartObject();
        json.WriteString("role", "user");
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", question.Text);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "image_url");
        json.WriteStartObject("image_url");
        json.WriteString("url", url);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("deltaedge");
        json.WriteString("stream_id", camera.Id);
        json.WriteString("sla_class", camera.SlaClass);
        json.WriteString("question_kind", question.Kind.Name());
        json.WriteNumber("deadline_ms", (int)Math.Round(camera.DeadlineSeconds * 1000));
        json.WriteNumber("min_tokens", camera.Range.Floor);
        json.WriteNumber("max_tokens", camera.Range.Ceiling);
        json.WriteString("captured_at", capturedAt);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
