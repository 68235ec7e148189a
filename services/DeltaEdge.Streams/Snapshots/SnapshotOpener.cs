using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Sources;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Streams.Snapshots;

/// <summary>Opens images that are fetched again and again.</summary>
internal sealed class SnapshotOpener(SourcePolicy policy, IOptions<StreamsOptions> options, MonotonicClock clock) : ISourceOpener
{
    private readonly int _side = options.Value.ImageSize;
    private readonly int _maxBytes = options.Value.MaxImageBytes;
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(options.Value.ConnectTimeoutSeconds);

    public bool Opens(SourceKind kind) => kind == SourceKind.Snapshot;

    public ValueTask<SourceOpening> OpenAsync(StreamSpec spec, SourceAddress address, Action<int> onProcess, CancellationToken cancellationToken)
    {
        var client = new SnapshotClient(new Uri(address.Input), policy, _maxBytes, _timeout);
        return ValueTask.FromResult(SourceOpening.Opened(new SnapshotSource(client, spec.Fps, _side, _maxBytes, clock)));
    }
}
