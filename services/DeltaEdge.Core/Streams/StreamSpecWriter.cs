using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Rules;

namespace DeltaEdge.Core.Streams;

/// <summary>A spec as the JSON that <see cref="StreamSpecParser"/> reads back to the same spec. Every field is written out, so that no default can change it.</summary>
public static class StreamSpecWriter
{
    /// <returns>Credentials included: to be stored, never shown.</returns>
    public static string Write(StreamSpec spec) => JsonSerializer.Serialize(new StreamSpecJson(
        spec.Id,
        spec.Source,
        [.. spec.Questions.Select(q => new StreamQuestionStatus(q.Id, q.Text, q.Kind.Name()))],
        spec.Fps,
        spec.SlaClass,
        spec.DeadlineMs,
        spec.Range.Floor,
        spec.Range.Ceiling,
        spec.Loop,
        spec.Transport.Name(),
        spec.Gate,
        spec.Rules,
        spec.Deliver), StreamSpecJsonContext.Default.StreamSpecJson);
}

/// <summary>The body of <c>POST /v1/streams</c> with nothing left out.</summary>
internal sealed record StreamSpecJson(
    string Id,
    string Source,
    ImmutableArray<StreamQuestionStatus> Questions,
    double Fps,
    string SlaClass,
    int DeadlineMs,
    int MinTokens,
    int MaxTokens,
    bool Loop,
    string Transport,
    GateSpec? Gate,
    ImmutableArray<RuleSpec> Rules,
    ImmutableArray<DeliveryTarget> Deliver);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StreamSpecJson))]
internal sealed partial class StreamSpecJsonContext : JsonSerializerContext;
