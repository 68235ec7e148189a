using System.Collections.Concurrent;

namespace DeltaEdge.Streams.Gating;

/// <summary>The gates of this worker's streams.</summary>
public sealed class FrameGates
{
    private readonly ConcurrentDictionary<string, FrameGate> _gates = new(StringComparer.Ordinal);

    public FrameGate Of(string streamId) => _gates.GetOrAdd(streamId, static _ => new FrameGate());

    public void Forget(string streamId) => _gates.TryRemove(streamId, out _);

    /// <summary>Lets no answer stand any longer: another model would give another.</summary>
    public void ForgetAll() => _gates.Clear();
}
