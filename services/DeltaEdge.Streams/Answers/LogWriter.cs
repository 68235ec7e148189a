using System.Threading.Channels;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Streams.Metrics;

namespace DeltaEdge.Streams.Answers;

/// <summary>
/// Appends one stream's answers and events to its log, in order, on a task of its own. Whoever has something to append never waits:
/// while shared state is out of reach the newest are kept, up to a bound, and the oldest are dropped and counted.
/// </summary>
internal sealed class LogWriter : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly IAnswerLog _log;
    private readonly MonotonicClock _clock;
    private readonly Action<string> _onLost;
    private readonly Channel<LogEntry> _waiting;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Task _pump;
    private TaskCompletionSource _renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StreamOwner _owner;
    private long _sequence;

    /// <param name="log">Where to.</param>
    /// <param name="owner">The claim to write under.</param>
    /// <param name="kept">Most entries that wait.</param>
    /// <param name="metrics">Counts what is dropped.</param>
    /// <param name="clock">Times the retries.</param>
    /// <param name="onLost">Told the stream's id when the claim turns out to be another's.</param>
    public LogWriter(IAnswerLog log, StreamOwner owner, int kept, LogMetrics metrics, MonotonicClock clock, Action<string> onLost)
    {
        (_log, _owner, _clock, _onLost) = (log, owner, clock, onLost);
        _waiting = Channel.CreateBounded<LogEntry>(
            new BoundedChannelOptions(kept)
            {
                FullMode = BoundedChannelFullMode.DropOldest,
                SingleReader = true,
                SingleWriter = false,
                AllowSynchronousContinuations = false,
            },
            _ => metrics.Dropped());
        _pump = Task.Run(PumpAsync);
    }

    /// <summary>The claim that is written under.</summary>
    public StreamOwner Owner
    {
        get
        {
            lock (_lock)
            {
                return _owner;
            }
        }
    }

    /// <summary>Takes the entry; after the end it is nobody's any more.</summary>
    public void Append(LogEntry entry) => _waiting.Writer.TryWrite(entry);

    /// <summary>Goes on under another claim of the same worker, with what waits.</summary>
    public void Renew(StreamOwner owner)
    {
        lock (_lock)
        {
            if (_owner.Fence == owner.Fence)
            {
                return;
            }

            (_owner, _sequence) = (owner, 0);
            _renewed.TrySetResult();
            _renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Takes no more and appends what waits, as far as the time allows.</summary>
    public async Task FlushAsync(TimeSpan limit)
    {
        _waiting.Writer.TryComplete();
        try
        {
            await _pump.WaitAsync(limit, _clock.Provider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Shared state is away: what waits is lost with this worker's claim.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _pump.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            await foreach (var entry in _waiting.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                await AppendAsync(entry).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The stream is no longer this worker's.
        }
    }

    /// <summary>Until it is in the log, whatever that takes.</summary>
    private async Task AppendAsync(LogEntry entry)
    {
        while (true)
        {
            var (owner, key, renewed) = Next();
            var receipt = await _log.AppendAsync(owner, key, entry, _stop.Token).ConfigureAwait(false);
            switch (receipt.Outcome)
            {
                case AppendOutcome.Appended:
                    Appended(owner);
                    return;
                case AppendOutcome.NotOwner:
                    _onLost(owner.StreamId);
                    await RenewedOrRetryAsync(renewed).ConfigureAwait(false);
                    break;
                default:
                    await Task.Delay(RetryAfter, _clock.Provider, _stop.Token).ConfigureAwait(false);
                    break;
            }
        }
    }

    /// <summary>The claim may come back under the fence it had, which nobody tells: the store had lost it, or its worker was not heard of for a while.</summary>
    private async Task RenewedOrRetryAsync(Task renewed)
    {
        try
        {
            await renewed.WaitAsync(RetryAfter, _clock.Provider, _stop.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What is still another's is refused again.
        }
    }

    private (StreamOwner Owner, AppendKey Key, Task Renewed) Next()
    {
        lock (_lock)
        {
            return (_owner, new(_id, _sequence + 1), _renewed.Task);
        }
    }

    private void Appended(StreamOwner owner)
    {
        lock (_lock)
        {
            _sequence += _owner.Fence == owner.Fence ? 1 : 0;
        }
    }
}
