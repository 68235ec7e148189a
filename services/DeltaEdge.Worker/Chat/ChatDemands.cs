using System.Text.Json;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.Worker.Chat;

/// <summary>
/// What OpenAI's API lets a request demand of its answer and this server cannot keep. An answer that ignored it would be taken for one
/// that keeps it, so the request is refused; a value that demands nothing passes.
/// </summary>
internal static class ChatDemands
{
    public static ApiError? Refuse(JsonElement body) =>
        Refuse(body, "response_format", "{\"type\": \"text\"}", static format => format.ValueKind == JsonValueKind.Object && format.TryGetProperty("type", out var type) && Is(type, "text"))
        ?? Refuse(body, "tool_choice", "none or auto", static choice => Is(choice, "none") || Is(choice, "auto"))
        ?? Refuse(body, "logprobs", "false", static logprobs => logprobs.ValueKind == JsonValueKind.False)
        ?? Refuse(body, "stop", "an empty list", static stop => stop.ValueKind == JsonValueKind.Array && stop.GetArrayLength() == 0);

    private static ApiError? Refuse(JsonElement body, string name, string allowed, Predicate<JsonElement> demandsNothing) =>
        !body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null || demandsNothing(value)
            ? null
            : ApiError.Invalid(name, $"What '{name}' demands cannot be kept here: leave it out, or give {allowed}.", "unsupported_parameter");

    private static bool Is(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
