namespace DeltaEdge.Streams.Capture;

/// <summary>When and where a frame was taken; set when its first byte arrives.</summary>
/// <param name="SourceSeconds">Position in the source; within the clip for a file, since its first frame for a live source.</param>
/// <param name="CapturedAt">On the process's monotonic scale.</param>
/// <param name="CapturedAtWall">For people.</param>
public readonly record struct FrameStamp(double SourceSeconds, TimeSpan CapturedAt, DateTimeOffset CapturedAtWall);
