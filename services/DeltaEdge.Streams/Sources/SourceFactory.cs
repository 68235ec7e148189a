using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Capture;

namespace DeltaEdge.Streams.Sources;

/// <summary>Asks the policy, and hands what it allows to the opener of that kind.</summary>
internal sealed class SourceFactory(SourcePolicy policy, IEnumerable<ISourceOpener> openers) : IFrameSourceFactory
{
    private readonly ISourceOpener[] _openers = [.. openers];

    public async ValueTask<SourceOpening> OpenAsync(StreamSpec spec, Action<int> onProcess, CancellationToken cancellationToken)
    {
        if (!(await policy.ResolveAsync(spec, cancellationToken).ConfigureAwait(false)).TryGet(out var address, out var error))
        {
            // The stream was accepted. A device whose links are gone while it is unplugged comes back with them.
            return SourceOpening.Refused(SourceSyntax.KindOf(spec.Source) == SourceKind.Device
                ? SourceEnd.Lost($"The device is not there, or is none that {StreamsOptions.SectionName}:AllowedDevices leads to now.")
                : SourceEnd.Failed(error.Message));
        }

        return await _openers.First(o => o.Opens(address.Kind)).OpenAsync(spec, address, onProcess, cancellationToken).ConfigureAwait(false);
    }
}
