using System.Text.Json.Serialization;
using DeltaEdge.Core.Answers;

namespace DeltaEdge.Cli.Ask;

/// <summary>What <c>deltaedge ask --json</c> prints.</summary>
internal sealed record AskReply(string Answer, int PromptTokens, int CompletionTokens, AnswerInfo Deltaedge);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(AskReply))]
internal sealed partial class AskJson : JsonSerializerContext;
