using DeltaEdge.Streams.Capture;

namespace DeltaEdge.Streams.Push;

/// <summary>A frame between who pushes it and the stream.</summary>
/// <param name="Pixels">(S, S, 3).</param>
/// <param name="Stamp">When it was taken.</param>
/// <param name="Taken">Completes with true when the stream has it, with false when the stream has closed its source.</param>
internal sealed record PushedFrame(byte[] Pixels, FrameStamp Stamp, TaskCompletionSource<bool> Taken);
