namespace DeltaEdge.Streams.Sources;

/// <summary>A connection would lead to where sources may not be. The message is for the client.</summary>
internal sealed class SourceNotAllowedException(string message) : Exception(message);
