using System.Threading.Channels;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Images;
using DeltaEdge.Streams.Lifecycle;

namespace DeltaEdge.Streams.Push;

/// <summary>One stream's pushed frames: decoded one at a time, in order, no faster than the limit, and few waiting.</summary>
internal sealed class PushInbox
{
    private const int MaxWaiting = 4;

    // How many periods of the highest rate a burst may run ahead: networks bunch what was sent evenly.
    private const double Burst = 4;

    private readonly StreamsOptions _options;
    private readonly MonotonicClock _clock;
    private readonly Action<PushInbox> _onClose;
    private readonly TimeSpan _period;
    private readonly TimeSpan _opened;
    private readonly Channel<bool> _turn = Channel.CreateBounded<bool>(1);
    private readonly Channel<PushedFrame> _frames = Channel.CreateBounded<PushedFrame>(1);
    private readonly Lock _lock = new();
    private TimeSpan _nextDue;
    private int _waiting;

    /// <param name="options">Sizes and rates.</param>
    /// <param name="clock">The process's scale.</param>
    /// <param name="onClose">Forgets this.</param>
    public PushInbox(StreamsOptions options, MonotonicClock clock, Action<PushInbox> onClose)
    {
        (_options, _clock, _onClose) = (options, clock, onClose);
        (_period, _opened) = (TimeSpan.FromSeconds(1 / options.MaxPushFps), clock.Now);
        _turn.Writer.TryWrite(true);
    }

    /// <summary>What the stream reads.</summary>
    public ChannelReader<PushedFrame> Frames => _frames.Reader;

    public async ValueTask<PushReceipt> PushAsync(Camera camera, ReadOnlyMemory<byte> file, TimeSpan? capturedAt, CancellationToken cancellationToken)
    {
        var arrived = _clock.Now;
        if (!MayCome(arrived))
        {
            return PushReceipt.Refused(PushErrors.TooFast(_options.MaxPushFps));
        }

        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return PushReceipt.Refused(PushErrors.Busy());
        }

        try
        {
            await _turn.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await DeliverAsync(camera, file, arrived, capturedAt ?? arrived).ConfigureAwait(false);
            }
            finally
            {
                _turn.Writer.TryWrite(true);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Ends the inbox; a frame that waits is refused.</summary>
    public void Close()
    {
        _onClose(this);
        _frames.Writer.TryComplete();
        while (_frames.Reader.TryRead(out var frame))
        {
            frame.Taken.TrySetResult(false);
        }
    }

    private async ValueTask<PushReceipt> DeliverAsync(Camera camera, ReadOnlyMemory<byte> file, TimeSpan arrived, TimeSpan captured)
    {
        if (!ImageReader.Read(file.Span, _options.ImageSize, _options.MaxImageBytes).TryGet(out var image, out var error))
        {
            return PushReceipt.Refused(error);
        }

        var stamp = new FrameStamp((arrived - _opened).TotalSeconds, captured, _clock.Provider.GetUtcNow() - (_clock.Now - captured));
        var taken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = camera.Frames.Dropped;

        // The stream takes it at once, or closes: neither waits for a client, so this wait needs no end of its own.
        if (!_frames.Writer.TryWrite(new PushedFrame(image.Pixels, stamp, taken)) || !await taken.Task.ConfigureAwait(false))
        {
            return PushReceipt.Refused(PushErrors.NotOpen(camera));
        }

        var after = camera.Frames;
        return new PushReceipt { FrameIndex = after.Captured - 1, HasReplaced = after.Dropped > before, QueueAge = camera.QueueAge };
    }

    private bool MayCome(TimeSpan now)
    {
        lock (_lock)
        {
            var due = _nextDue > now ? _nextDue : now;
            if (due - now > _period * Burst)
            {
                return false;
            }

            _nextDue = due + _period;
            return true;
        }
    }
}
