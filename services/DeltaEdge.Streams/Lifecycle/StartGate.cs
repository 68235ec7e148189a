using System.Threading.Channels;
using DeltaEdge.Core.Time;

namespace DeltaEdge.Streams.Lifecycle;

/// <summary>
/// Lets a few readers start at a time, first come, first served. A reader costs a good part of a second of a core before its first
/// frame; if all of a worker's cameras start together, none is through before its time is up, and all begin again. A reader that
/// does not use the processor is waiting for its camera: it goes on without its place, so that dead cameras keep nobody waiting.
/// </summary>
internal sealed class StartGate
{
    /// <summary>How often a reader with a place is looked at.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(0.5);

    /// <summary>Processor time between two looks below which a reader counts as waiting.</summary>
    public static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(30);

    private readonly TimeProvider _time;
    private readonly Func<int, TimeSpan?> _processorTime;
    private readonly Channel<bool> _free = Channel.CreateUnbounded<bool>(); // One item for each free place.

    /// <param name="places">Readers that start at a time.</param>
    /// <param name="clock">The process's scale.</param>
    /// <param name="processorTime">By process id the processor time it has used; null if there is no such process.</param>
    public StartGate(int places, MonotonicClock clock, Func<int, TimeSpan?> processorTime)
    {
        (_time, _processorTime) = (clock.Provider, processorTime);
        for (var i = 0; i < places; i++)
        {
            Leave();
        }
    }

    /// <summary>Waits for a place. Disposing it, any number of times, gives it back.</summary>
    public async ValueTask<Place> EnterAsync(CancellationToken cancellationToken)
    {
        await _free.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new Place(this);
    }

    private void Leave() => _free.Writer.TryWrite(true);

    /// <summary>A reader's permission to start, until it is disposed or found waiting.</summary>
    internal sealed class Place : IDisposable
    {
        private readonly ITimer _looks;
        private StartGate? _gate;
        private volatile int _process;
        private (int Process, TimeSpan Used) _seen;

        public Place(StartGate gate)
        {
            _gate = gate;
            _looks = gate._time.CreateTimer(static state => ((Place)state!).LookAgain(), this, Look, Look);
        }

        /// <summary>The process that starts now; another one may follow it.</summary>
        public void Follow(int process) => _process = process;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _gate, null) is { } gate)
            {
                _looks.Dispose();
                gate.Leave();
            }
        }

        private void LookAgain()
        {
            if (_gate is not { } gate)
            {
                return;
            }

            // One that has just come or just gone is in the midst of starting.
            var seen = gate._processorTime(_process) is { } used ? (_process, used) : default;
            var isBusy = seen.Item1 != _seen.Process || seen.Item2 - _seen.Used >= Busy;
            _seen = seen;
            if (!isBusy)
            {
                Dispose();
            }
        }
    }
}
