namespace DeltaEdge.Core.Streams;

/// <summary>A question of a stream on the wire.</summary>
/// <param name="Id">Stable name within the stream.</param>
/// <param name="Text">The question.</param>
/// <param name="Kind">Wire name of its kind.</param>
public sealed record StreamQuestionStatus(string Id, string Text, string Kind);
