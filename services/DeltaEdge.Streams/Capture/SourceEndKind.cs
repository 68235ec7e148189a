namespace DeltaEdge.Streams.Capture;

/// <summary>Whether opening a source again helps.</summary>
public enum SourceEndKind
{
    /// <summary>A file that does not loop is over.</summary>
    Ended = 0,

    /// <summary>The network, the camera or the reader failed; it may come back.</summary>
    Lost = 1,

    /// <summary>A file that is not there or not a video, or a place that is not allowed; it stays so until somebody changes something.</summary>
    Failed = 2,

    /// <summary>It wants other credentials. Some cameras say so while they start, and some lock an account after a few tries: it is tried again, but rarely.</summary>
    Refused = 3,
}
