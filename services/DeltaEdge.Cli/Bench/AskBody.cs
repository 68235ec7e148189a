using System.Buffers;
using System.Text.Json;
using DeltaEdge.Cli.Load;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Cli.Bench;

/// <summary>The chat completion request of one question about one frame.</summary>
internal static class AskBody
{
    /// <param name="frame">The image.</param>
    /// <param name="question">The question.</param>
    /// <param name="camera">Whose promise holds.</param>
    /// <param name="deadlineSeconds">What is left of its deadline, at capture or at arrival.</param>
    /// <param name="capturedAt">When the frame was captured, wall clock; null counts from arrival.</param>
    public static ReadOnlyMemory<byte> Write(BenchFrame frame, BenchQuestion question, CameraShape camera, double deadlineSeconds, DateTimeOffset? capturedAt)
    {
        var buffer = new ArrayBufferWriter<byte>(frame.Base64.Length + 1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        ChatMessages.Write(json, question.Text, frame.Base64);
        json.WriteStartObject("deltaedge");
        json.WriteString("stream_id", camera.Id);
        json.WriteString("sla_class", camera.SlaClass);
        json.WriteString("question_kind", question.Kind.Name());
        json.WriteNumber("deadline_ms", Math.Max(1, (int)Math.Round(deadlineSeconds * 1000)));
        json.WriteNumber("min_tokens", camera.Range.Floor);
        json.WriteNumber("max_tokens", camera.Range.Ceiling);
        if (capturedAt is { } captured)
        {
            json.WriteString("captured_at", captured);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
