using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Sources;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Streams.Push;

/// <summary>Opens streams whose frames are sent to the API.</summary>
internal sealed class PushOpener(PushDoor door, IOptions<StreamsOptions> options, MonotonicClock clock) : ISourceOpener
{
    private readonly TimeSpan _silence = TimeSpan.FromSeconds(options.Value.StallSeconds);

    public bool Opens(SourceKind kind) => kind == SourceKind.Push;

    public ValueTask<SourceOpening> OpenAsync(StreamSpec spec, SourceAddress address, Action<int> onProcess, CancellationToken cancellationToken) =>
        ValueTask.FromResult(SourceOpening.Opened(new PushSource(door.Open(spec), _silence, clock)));
}
