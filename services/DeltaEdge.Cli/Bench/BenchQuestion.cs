using DeltaEdge.Core.Questions;

namespace DeltaEdge.Cli.Bench;

/// <summary>A question about a frame of the bench, and the only answer that counts as correct.</summary>
internal sealed record BenchQuestion(QuestionKind Kind, string Text, string Answer);
