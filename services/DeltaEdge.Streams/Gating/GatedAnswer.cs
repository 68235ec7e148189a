using DeltaEdge.Core.Answers;

namespace DeltaEdge.Streams.Gating;

/// <summary>An answer that stands for a later frame.</summary>
/// <param name="Answer">As it was given.</param>
/// <param name="CapturedAt">Capture of the frame that was really asked about, on the process's monotonic scale.</param>
/// <param name="Age">From that capture to the later frame's.</param>
public sealed record GatedAnswer(StreamAnswer Answer, TimeSpan CapturedAt, TimeSpan Age);
