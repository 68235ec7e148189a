namespace DeltaEdge.Streams.Sources;

internal enum SourceKind
{
    File = 0,
    Http = 1,
    Rtsp = 2,
}
