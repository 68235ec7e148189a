namespace DeltaEdge.Streams.Capture;

/// <summary>A frame's stamp, or why there is none: the source has ended, or is silent and goes on waiting.</summary>
public readonly record struct SourceRead(FrameStamp Stamp, SourceEnd? End, string? Silence)
{
    public static SourceRead Frame(FrameStamp stamp) => new(stamp, null, null);

    public static SourceRead NoMore(SourceEnd end) => new(default, end, null);

    /// <param name="reason">For the client.</param>
    public static SourceRead Silent(string reason) => new(default, null, reason);
}
