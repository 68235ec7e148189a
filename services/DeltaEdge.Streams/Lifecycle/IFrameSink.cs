using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Capture;

namespace DeltaEdge.Streams.Lifecycle;

/// <summary>What a stream does with its sampled frames.</summary>
public interface IFrameSink
{
    /// <summary>
    /// Asks the stream's questions of the frame. The stream waits for it; meanwhile newer frames replace each other. Throwing is
    /// contained and shows as the stream's last error. The token is cancelled when the stream is removed.
    /// </summary>
    /// <returns>Whether anything was asked; false if the stream's gate answered every question.</returns>
    ValueTask<bool> OnFrameAsync(StreamSpec spec, CapturedFrame frame, CancellationToken cancellationToken);

    /// <summary>Says how many sampled frames newer ones have replaced since the last call: demand that was not met.</summary>
    void OnFramesDropped(StreamSpec spec, int frames)
    {
    }
}
