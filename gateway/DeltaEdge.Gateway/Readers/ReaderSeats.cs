using Microsoft.Extensions.Options;

namespace DeltaEdge.Gateway.Readers;

/// <summary>Bounds how many readers follow logs through this gateway at the same time.</summary>
internal sealed class ReaderSeats(IOptions<GatewayOptions> options)
{
    private int _taken;

    public int Most { get; } = options.Value.MaxReaders;

    /// <summary>Null if none is left; dispose it on leaving.</summary>
    public IDisposable? TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= Most)
        {
            return new Seat(this);
        }

        Interlocked.Decrement(ref _taken);
        return null;
    }

    private sealed class Seat(ReaderSeats seats) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref seats._taken);
    }
}
