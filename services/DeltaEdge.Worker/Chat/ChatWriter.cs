using DeltaEdge.Core.Answers;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.Worker.Chat;

/// <summary>Builds the objects of one completion: all its chunks share an id and a creation time.</summary>
internal sealed class ChatWriter(string id, long created, string model, string tier)
{
    private const string Chunk = "chat.completion.chunk";

    public ChatCompletion Whole(AskOutcome outcome, AnswerInfo info) => new(
        id, "chat.completion", created, model,
        [new ChatChoice(0, new ChatMessage("assistant", outcome.Text, null), null, null, FinishReason(outcome))],
        Usage(outcome), tier, info);

    public ChatCompletion Start() => Delta(new ChatDelta("assistant", ""), null, null);

    public ChatCompletion Text(string piece) => Delta(new ChatDelta(null, piece), null, null);

    public ChatCompletion End(AskOutcome outcome, AnswerInfo info) => Delta(new ChatDelta(null, null), FinishReason(outcome), info);

    /// <summary>The extra chunk that <c>stream_options.include_usage</c> asks for: no choices, only usage.</summary>
    public ChatCompletion UsageOnly(AskOutcome outcome) => new(id, Chunk, created, model, [], Usage(outcome), tier, null);

    private static string FinishReason(AskOutcome outcome) => outcome.Stopped ? "stop" : "length";

    private static ChatUsage Usage(AskOutcome outcome) => new(
        outcome.PromptTokens, outcome.CompletionTokens, outcome.PromptTokens + outcome.CompletionTokens,
        new PromptTokensDetails(outcome.CachedTokens, 0, outcome.PromptTokens - outcome.Budget, outcome.Budget));

    private ChatCompletion Delta(ChatDelta delta, string? finish, AnswerInfo? info) =>
        new(id, Chunk, created, model, [new ChatChoice(0, null, delta, null, finish)], null, tier, info);
}
