namespace DeltaEdge.Streams.Capture;

/// <summary>Whether opening a source again helps.</summary>
public enum SourceEndKind
{
    /// <summary>A file that does not loop is over.</summary>
    Ended = 0,

    /// <summary>The network, the camera or the reader failed; it may come back.</summary>
    Lost = 1,

    /// <summary>Not there, not allowed or not a video; it stays so until somebody changes something.</summary>
    Failed = 2,
}
