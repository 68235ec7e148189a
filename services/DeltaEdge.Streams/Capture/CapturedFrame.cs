using DeltaEdge.Imaging.Images;

namespace DeltaEdge.Streams.Capture;

/// <summary>A frame as it left its source, at the model's input size.</summary>
/// <param name="Image">Pixels.</param>
/// <param name="Index">Number within the source's life, from 0; gaps are frames that nobody asked about or that were dropped.</param>
/// <param name="SourceSeconds">Position in the source; within the clip for a looping file.</param>
/// <param name="CapturedAt">On the process's monotonic scale.</param>
/// <param name="CapturedAtWall">For people.</param>
public sealed record CapturedFrame(RgbImage Image, long Index, double SourceSeconds, TimeSpan CapturedAt, DateTimeOffset CapturedAtWall);
