using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.Core.Streams;

/// <summary>The names that a stream's body may hold, at every depth; read off the types that write them.</summary>
internal static class StreamFields
{
    private static readonly StreamSpecJsonContext Json = StreamSpecJsonContext.Default;
    private static readonly KnownFields Stream = new("a stream", Names(Json.StreamSpecJson), [.. Names(StreamJsonContext.Default.StreamStatus), "admission"]);
    private static readonly KnownFields Question = new("a question", ["id", "text", "kind"], Names(Json.StreamQuestionStatus));
    private static readonly KnownFields Gate = new("a gate", Names(Json.GateSpec));
    private static readonly KnownFields Rule = new("a rule", Names(Json.RuleSpec));
    private static readonly KnownFields When = new("a condition", Names(Json.RuleCondition));
    private static readonly KnownFields Target = new("a target", Names(Json.DeliveryTarget));

    /// <summary>The refusal of the first name that is not known; null if all are.</summary>
    public static ApiError? Check(JsonElement body) =>
        Stream.Check(body, "")
        ?? Gate.Check(Inner(body, "gate"), "gate.")
        ?? Each(body, "questions", (question, place) => Question.Check(question, place))
        ?? Each(body, "rules", (rule, place) => Rule.Check(rule, place) ?? When.Check(Inner(rule, "when"), $"{place}when."))
        ?? Each(body, "deliver", (target, place) => Target.Check(target, place));

    private static ApiError? Each(JsonElement body, string list, Func<JsonElement, string, ApiError?> check) => Inner(body, list) is { ValueKind: JsonValueKind.Array } elements
        ? elements.EnumerateArray().Select((element, i) => check(element, $"{list}[{i}].")).FirstOrDefault(e => e is not null)
        : null;

    private static JsonElement Inner(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var inner) ? inner : default;

    private static IEnumerable<string> Names(JsonTypeInfo type) => type.Properties.Where(p => p.Get is not null).Select(p => p.Name);
}
