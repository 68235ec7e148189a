namespace DeltaEdge.Streams.Capture;

/// <summary>A frame's stamp, or why there is none.</summary>
public readonly record struct SourceRead(FrameStamp Stamp, SourceEnd? End)
{
    public static SourceRead Frame(FrameStamp stamp) => new(stamp, null);

    public static SourceRead NoMore(SourceEnd end) => new(default, end);
}
