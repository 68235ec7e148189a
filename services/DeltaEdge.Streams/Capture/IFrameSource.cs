namespace DeltaEdge.Streams.Capture;

/// <summary>A camera or file that is being read. One reader. Disposing it leaves nothing running.</summary>
public interface IFrameSource : IAsyncDisposable
{
    /// <summary>Whether it only waits for what others send: nothing is gained by opening it again when it is silent.</summary>
    bool IsPassive => false;

    /// <summary>Fills the buffer with the next frame, (S, S, 3). Cancelling leaves the source fit only for disposal.</summary>
    ValueTask<SourceRead> ReadAsync(Memory<byte> pixels, CancellationToken cancellationToken);
}
