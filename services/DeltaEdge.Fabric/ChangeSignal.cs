using Microsoft.Extensions.Primitives;

namespace DeltaEdge.Fabric;

/// <summary>Hands out change tokens and fires them. Callbacks run on the firing thread and must return at once.</summary>
#pragma warning disable CA1001 // A source without timer or link holds nothing to dispose.
internal sealed class ChangeSignal
#pragma warning restore CA1001
{
    private CancellationTokenSource _source = new();

    public IChangeToken Token() => new CancellationChangeToken(Volatile.Read(ref _source).Token);

    /// <summary>A new token is in place before the old one fires, so that a reader who asks for it in the callback misses nothing.</summary>
    public void Fire() => Interlocked.Exchange(ref _source, new()).Cancel();
}
