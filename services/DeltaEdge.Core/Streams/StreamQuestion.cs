using DeltaEdge.Core.Questions;

namespace DeltaEdge.Core.Streams;

/// <summary>A question asked of every sampled frame of a stream.</summary>
/// <param name="Id">Stable name within the stream.</param>
/// <param name="Text">The question.</param>
/// <param name="Kind">Its kind, given or guessed.</param>
public sealed record StreamQuestion(string Id, string Text, QuestionKind Kind);
