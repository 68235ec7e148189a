namespace DeltaEdge.Streams.Sources;

/// <summary>A source that may be opened.</summary>
/// <param name="Kind">How it is opened.</param>
/// <param name="Input">The real path of a file, or a URL with its credentials: never shown.</param>
internal sealed record SourceAddress(SourceKind Kind, string Input);
