namespace DeltaEdge.Core.Streams;

/// <summary>What kinds of source have in common.</summary>
public static class SourceKinds
{
    /// <summary>Whether a process of its own decodes the source: video, for which ffmpeg is started.</summary>
    public static bool IsReadByProcess(this SourceKind kind) => kind is SourceKind.File or SourceKind.Http or SourceKind.Rtsp or SourceKind.Device;
}
