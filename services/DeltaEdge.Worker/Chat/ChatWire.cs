using System.Text.Json.Serialization;
using DeltaEdge.Core.Answers;

namespace DeltaEdge.Worker.Chat;

/// <summary>OpenAI's chat completion object, with the <c>deltaedge</c> extension.</summary>
internal sealed record ChatCompletion(string Id, string Object, long Created, string Model, ChatChoice[] Choices, ChatUsage? Usage, string ServiceTier, AnswerInfo? Deltaedge);

internal sealed record ChatChoice(
    int Index,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ChatMessage? Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ChatDelta? Delta,
    object? Logprobs,
    string? FinishReason);

internal sealed record ChatMessage(string Role, string Content, string? Refusal);

internal sealed record ChatDelta(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content);

internal sealed record ChatUsage(int PromptTokens, int CompletionTokens, int TotalTokens, PromptTokensDetails PromptTokensDetails);

/// <summary>Where the prompt's tokens come from; <c>image_tokens</c> is the number of visual tokens really spent.</summary>
internal sealed record PromptTokensDetails(int CachedTokens, int AudioTokens, int TextTokens, int ImageTokens);

internal sealed record ModelList(string Object, ModelEntry[] Data);

internal sealed record ModelEntry(string Id, string Object, long Created, string OwnedBy);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ModelList))]
internal sealed partial class ChatJson : JsonSerializerContext;
