using DeltaEdge.Core.Streams;

namespace DeltaEdge.Streams.Capture;

/// <summary>Opens sources. Refusals are results; only cancellation throws.</summary>
public interface IFrameSourceFactory
{
    /// <param name="spec">The stream.</param>
    /// <param name="onProcess">Hears the id of each process that is started to read it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<SourceOpening> OpenAsync(StreamSpec spec, Action<int> onProcess, CancellationToken cancellationToken);
}
