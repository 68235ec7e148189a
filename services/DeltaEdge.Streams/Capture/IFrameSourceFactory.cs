using DeltaEdge.Core.Streams;

namespace DeltaEdge.Streams.Capture;

/// <summary>Opens sources. Refusals are results; only cancellation throws.</summary>
public interface IFrameSourceFactory
{
    ValueTask<SourceOpening> OpenAsync(StreamSpec spec, CancellationToken cancellationToken);
}
