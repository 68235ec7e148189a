using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Sources;

namespace DeltaEdge.Streams.Capture;

/// <summary>Opens sources of some kinds. Refusals are results; only cancellation throws.</summary>
internal interface ISourceOpener
{
    bool Opens(SourceKind kind);

    /// <param name="spec">The stream; its source is not looked at again.</param>
    /// <param name="address">What to open; the policy has agreed.</param>
    /// <param name="onProcess">Hears the id of each process that is started to read it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<SourceOpening> OpenAsync(StreamSpec spec, SourceAddress address, Action<int> onProcess, CancellationToken cancellationToken);
}
