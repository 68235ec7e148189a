using DeltaEdge.Core.Streams;

namespace DeltaEdge.Streams.Sources;

/// <summary>A source that may be opened.</summary>
/// <param name="Kind">How it is opened.</param>
/// <param name="Input">The real path of a file, folder or device, a URL with its credentials (never shown), or the source itself.</param>
/// <param name="Transport">How an RTSP source's media travel.</param>
internal sealed record SourceAddress(SourceKind Kind, string Input, StreamTransport Transport = StreamTransport.Tcp);
