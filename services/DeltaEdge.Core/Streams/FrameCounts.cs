namespace DeltaEdge.Core.Streams;

/// <summary>What became of a stream's frames since it was added.</summary>
/// <param name="Captured">Frames read from the source.</param>
/// <param name="Asked">Frames handed to the engine.</param>
/// <param name="Dropped">Sampled frames that a newer one replaced before the engine was free.</param>
/// <param name="Gated">Sampled frames that nothing was asked about because nothing had changed; 0 while no gate is set.</param>
public sealed record FrameCounts(long Captured, long Asked, long Dropped, long Gated);
