namespace DeltaEdge.Streams.Capture;

/// <summary>An open source, or why it did not open.</summary>
public readonly record struct SourceOpening(IFrameSource? Source, SourceEnd? End)
{
    public static SourceOpening Opened(IFrameSource source) => new(source, null);

    public static SourceOpening Refused(SourceEnd end) => new(null, end);
}
