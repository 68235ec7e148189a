using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Sources;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Streams.Synthetic;

/// <summary>Opens drawn scenes.</summary>
internal sealed class SyntheticOpener(IOptions<StreamsOptions> options, MonotonicClock clock) : ISourceOpener
{
    private readonly int _side = options.Value.ImageSize;

    public bool Opens(SourceKind kind) => kind == SourceKind.Synthetic;

    public ValueTask<SourceOpening> OpenAsync(StreamSpec spec, SourceAddress address, Action<int> onProcess, CancellationToken cancellationToken) =>
        ValueTask.FromResult(SourceOpening.Opened(new SyntheticSource(SyntheticAddress.Parse(spec.Source)!, spec.Fps, _side, clock)));
}
