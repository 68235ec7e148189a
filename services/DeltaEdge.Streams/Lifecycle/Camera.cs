using DeltaEdge.Core.Events;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Imaging.Jpeg;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Observing;
using DeltaEdge.Streams.Pacing;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Streams.Lifecycle;

/// <summary>
/// One stream: a task that reads its source through all outages, and one or two that hand its sampled frames to the sink. Nothing
/// that happens here reaches another stream.
/// <code>
/// connecting ─► running ─┬► stalled (silent) ────► connecting      paused: by command, from anywhere, until a command
///      └─────────────────┼► reconnecting (lost) ─► connecting
///                        └► failed, ended: until a command
/// </code>
/// </summary>
public sealed partial class Camera : IAsyncDisposable
{
    // A source that gives frames for a shorter time than this has not recovered: the next wait goes on doubling.
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(10);

    private readonly CaptureSession _session;
    private readonly AskLoop _asking;
    private readonly StreamTuning _tuning;
    private readonly StreamObservers _observers;
    private readonly MonotonicClock _clock;
    private readonly ILogger _logger;
    private readonly LatestFrame _latest;
    private readonly FrameSampler _sampler = new();
    private readonly RateMeter _sourceRate = new();
    private readonly CancellationTokenSource _closing = new(); // No more frames.
    private readonly CancellationTokenSource _stop = new(); // Nor answers.
    private readonly StateSignal _state = new();
    private readonly SemaphoreSlim _command = new(0);
    private readonly Lock _lock = new();

    private byte[] _buffer;
    private CancellationTokenSource? _running;
    private Task _tasks = Task.CompletedTask;
    private volatile StreamSpec _spec;
    private volatile StreamSpec? _opened;
    private volatile string? _lastError;
    private volatile bool _isPaused;
    private TimeSpan? _firstFrame;
    private TimeSpan _lastFrame;
    private long _captured;
    private long _reconnects;

    internal Camera(StreamSpec spec, CaptureSession session, IFrameSink sink, StreamObservers observers, MonotonicClock clock, ILogger logger)
    {
        (_spec, _session, _observers, _tuning, _clock, _logger) = (spec, session, observers, session.Tuning, clock, logger);
        _latest = new LatestFrame(_tuning.Side);
        _asking = new AskLoop(_latest, sink, clock, logger);
        _buffer = new byte[_tuning.Side * _tuning.Side * 3];
    }

    public StreamSpec Spec => _spec;

    public StreamState State => _state.State;

    /// <summary>The spec object that its source was last opened with. No other camera has the same, not even one that has the id after it.</summary>
    internal StreamSpec? Opened => _opened;

    public long Reconnects => Interlocked.Read(ref _reconnects);

    /// <summary>Time since the newest frame was captured; null before the first.</summary>
    public TimeSpan? LastFrameAge => _latest.CapturedAt is { } at ? _clock.Now - at : null;

    public StreamRates Rates => new(Math.Round(_sourceRate.PerSecond(_clock.Now), 2), Math.Round(_asking.PerSecond, 2));

    public FrameCounts Frames => new(Interlocked.Read(ref _captured), _asking.Asked, _latest.Dropped, _asking.Gated);

    /// <summary>Age of the frame that has waited longest to be asked about; zero if none waits.</summary>
    public TimeSpan QueueAge => _latest.WaitingSince is { } at ? _clock.Now - at : TimeSpan.Zero;

    public StreamStatus Status => StreamStatusBuilder.Build(this, Frames, _lastError);

    /// <summary>The newest frame, copied; null before the first.</summary>
    public CapturedFrame? Latest() => _latest.Peek();

    /// <summary>The newest frame for people; null before the first.</summary>
    public byte[]? LatestJpeg(int quality) => Latest() is { } frame ? JpegEncoder.Encode(frame.Image, quality) : null;

    /// <summary>Completes when the state is one of those, at once if it is now.</summary>
    public Task<StreamState> WaitForStateAsync(Func<StreamState, bool> isWanted, CancellationToken cancellationToken) => _state.WaitAsync(isWanted, cancellationToken);

    /// <summary>Stops reading the source; it costs nothing until <see cref="Resume"/>.</summary>
    public void Pause() => Command(isPaused: true);

    /// <summary>Goes on after a pause, an end or a failure, and does not wait out a reconnect's delay.</summary>
    public void Resume() => Command(isPaused: false);

    /// <summary>Reads no more, and waits until the frames that are being asked about are answered. All that is left then is to dispose it.</summary>
    /// <param name="limit">Longest to wait; their deadline, if that is sooner.</param>
    public async Task FinishAsync(TimeSpan limit)
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        var deadline = TimeSpan.FromMilliseconds(_spec.DeadlineMs);
        try
        {
            await _tasks.WaitAsync(deadline < limit ? deadline : limit, _clock.Provider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What comes now is late, or keeps the stream waiting for too long.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _tasks.ConfigureAwait(false);
        _closing.Dispose();
        _stop.Dispose();
        _command.Dispose();
    }

    internal void Start(bool isPaused = false)
    {
        _isPaused = isPaused;
        _tasks = Task.WhenAll([Task.Run(CaptureAsync), .. Enumerable.Range(0, _tuning.MaxInFlight).Select(_ => Task.Run(() => _asking.RunAsync(() => _spec, e => _lastError = e, _closing.Token, _stop.Token)))]);
    }

    /// <summary>Takes a new spec of the same id. The source is opened again only if how it is read has changed.</summary>
    internal void Update(StreamSpec spec)
    {
        var old = _spec;
        _spec = spec;
        if (old.Source != spec.Source || old.Transport != spec.Transport || old.Loop != spec.Loop || CaptureFps(old) != CaptureFps(spec))
        {
            Command(_isPaused);
        }
    }

    // Images that are fetched or drawn for the stream alone come as often as they are asked about.
    private double CaptureFps(StreamSpec spec) => SourceSyntax.KindOf(spec.Source) is SourceKind.Snapshot or SourceKind.Synthetic
        ? spec.Fps
        : Math.Max(_tuning.CaptureFps, spec.Fps);

    private void Command(bool isPaused)
    {
        _isPaused = isPaused;
        CancellationTokenSource? running;
        lock (_lock)
        {
            running = _running;
        }

        try
        {
            running?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // That session has just ended by itself.
        }

        if (_command.CurrentCount == 0)
        {
            _command.Release();
        }
    }

    private async Task CaptureAsync()
    {
        var attempt = 0;
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                attempt = await StepAsync(attempt).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // A command, or the end of the stream: the loop looks again.
                attempt = 0;
            }
#pragma warning disable CA1031 // The bulkhead: whatever one camera throws, its stream waits and tries again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogCaptureFailed(_spec.Id, e);
                Enter(StreamState.Reconnecting, "The stream failed; the server's log says why.");
                await RetryAsync(attempt++).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One session, or one wait. Returns the number of failures in a row.</summary>
    private async Task<int> StepAsync(int attempt)
    {
        if (_isPaused)
        {
            Enter(StreamState.Paused, null);
            await _command.WaitAsync(_closing.Token).ConfigureAwait(false);
            return 0;
        }

        Enter(StreamState.Connecting, _lastError);
        _firstFrame = null;
        var (end, isStalled) = await RunSessionAsync().ConfigureAwait(false);
        if (end.Kind is SourceEndKind.Lost or SourceEndKind.Refused)
        {
            attempt = _lastFrame - _firstFrame >= Stable ? 0 : attempt;
            Enter(isStalled ? StreamState.Stalled : StreamState.Reconnecting, end.Message);
            await RetryAsync(end.Kind == SourceEndKind.Refused ? Backoff.Rarest : attempt).ConfigureAwait(false);
            return attempt + 1;
        }

        Enter(end.Kind == SourceEndKind.Ended ? StreamState.Ended : StreamState.Failed, end.Kind == SourceEndKind.Ended ? null : end.Message);
        await _command.WaitAsync(_closing.Token).ConfigureAwait(false);
        return 0;
    }

    private async Task<(SourceEnd End, bool IsStalled)> RunSessionAsync()
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        lock (_lock)
        {
            _running = running;
        }

        try
        {
            // Commands from before this session show in what it reads now; later ones cancel it.
            _command.Wait(0, CancellationToken.None);
            if (_isPaused)
            {
                throw new OperationCanceledException();
            }

            _opened = _spec with { };
            return await _session.RunAsync(_opened, _buffer, OnFrame, reason => Enter(StreamState.Stalled, reason), running.Token).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _running = null;
            }

            _latest.DropClaim();
        }
    }

    private async Task RetryAsync(int attempt)
    {
        Interlocked.Increment(ref _reconnects);
#pragma warning disable CA5394 // Jitter needs no secrecy.
        var delay = Backoff.Delay(attempt, _tuning.MinBackoff, _tuning.MaxBackoff, Random.Shared.NextDouble());
#pragma warning restore CA5394
        using var limit = new CancellationTokenSource(delay, _clock.Provider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _closing.Token);
        try
        {
            await _command.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The delay is over, or the stream is.
        }
    }

    private byte[] OnFrame(byte[] pixels, FrameStamp stamp)
    {
        _lastFrame = _clock.Now;
        _firstFrame ??= _lastFrame;
        _sourceRate.Mark(stamp.CapturedAt);
        var index = Interlocked.Increment(ref _captured) - 1;
        _buffer = _latest.Publish(pixels, index, stamp, _sampler.IsDue(stamp.CapturedAt, _spec.Fps));
        if (State != StreamState.Running)
        {
            Enter(StreamState.Running, null);
        }

        return _buffer;
    }

    private void Enter(StreamState state, string? error)
    {
        _lastError = error;
        if (!_state.Set(state, out var before))
        {
            return;
        }

        _observers.OnState(_spec, new StateChange(before.Name(), state.Name(), error), _clock.Provider.GetUtcNow());
        if (state != StreamState.Connecting)
        {
            LogState(_spec.Id, state, error ?? "");
        }
    }

    [LoggerMessage(EventName = "StreamState", Level = LogLevel.Information, Message = "Stream {Stream} is {State}. {Reason}")]
    private partial void LogState(string stream, StreamState state, string reason);

    [LoggerMessage(EventName = "StreamCaptureFailed", Level = LogLevel.Error, Message = "Stream {Stream}: reading its source failed unexpectedly.")]
    private partial void LogCaptureFailed(string stream, Exception exception);
}
