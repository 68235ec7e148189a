using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.Streams.Observing;
using DeltaEdge.UnitTests.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaEdge.UnitTests.Streams;

/// <summary>When the doubling of the wait before a reconnect starts over, on a clock that stands.</summary>
public sealed class CameraBackoffTests : IAsyncDisposable, IFrameSink
{
    // Enough doublings for the longest wait, a random part of an hour, which is not as short as the first by any chance that counts.
    private const int Losses = 21;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan BelowTheWatchdog = TimeSpan.FromSeconds(14);

    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedSources _sources;
    private readonly Camera _camera;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(20));

    public CameraBackoffTests()
    {
        var clock = new MonotonicClock(_time);
        _sources = new ScriptedSources(clock);
        var options = new StreamsOptions { ImageSize = 14, ReconnectMinSeconds = First.TotalSeconds, ReconnectMaxSeconds = 3600 };
        var session = new CaptureSession(_sources, new StartGate(1, clock, _ => clock.Now), clock, new StreamTuning(options));
        _camera = new Camera(Spec(), session, this, new StreamObservers([], NullLogger<StreamObservers>.Instance), clock, NullLogger.Instance);
    }

    [Fact]
    public async Task SourceThatIsSlowToOpenAndSoonLost_WaitsLongerEachTime()
    {
        _camera.Start();
        for (var i = 1; i < Losses; i++)
        {
            await LoseAsync(beforeFrame: BelowTheWatchdog, afterFrame: TimeSpan.Zero);
            _camera.Resume();
        }

        Assert.True(await LoseAsync(beforeFrame: BelowTheWatchdog, afterFrame: TimeSpan.Zero) > First);
    }

    [Fact]
    public async Task TenSecondsOfFrames_StartOver()
    {
        _camera.Start();
        for (var i = 1; i < Losses; i++)
        {
            await LoseAsync(beforeFrame: TimeSpan.Zero, afterFrame: TimeSpan.Zero);
            _camera.Resume();
        }

        Assert.True(await LoseAsync(beforeFrame: TimeSpan.Zero, afterFrame: TimeSpan.FromSeconds(10)) <= First);
    }

    /// <summary>Some cameras lock an account after a few wrong tries.</summary>
    [Fact]
    public async Task RefusedCredentials_WaitLongAtOnceAndAreTriedAgain()
    {
        _sources.Refusals.Enqueue(SourceEnd.CredentialsRefused());
        _camera.Start();
        await UntilAsync(() => _camera.State == StreamState.Reconnecting && _time.ArmedTimers > 0);
        var wait = _time.NextDue!.Value;
        Assert.True(wait > First, $"It waits {wait}.");
        Assert.Equal("The source refused the credentials.", _camera.Status.LastError);
        _time.Advance(wait);
        await FrameAsync();
        Assert.Null(_camera.Status.LastError);
    }

    public ValueTask<bool> OnFrameAsync(StreamSpec spec, CapturedFrame frame, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public async ValueTask DisposeAsync()
    {
        await _camera.DisposeAsync();
        _patience.Dispose();
    }

    /// <summary>A session of two frames. Returns the wait after it.</summary>
    private async Task<TimeSpan> LoseAsync(TimeSpan beforeFrame, TimeSpan afterFrame)
    {
        await UntilAsync(() => _camera.State == StreamState.Connecting && _time.ArmedTimers > 0);
        _time.Advance(beforeFrame);
        await FrameAsync();
        _time.Advance(afterFrame);
        await FrameAsync();
        _sources.End(SourceEnd.Lost("The cable."));
        await UntilAsync(() => _camera.State == StreamState.Reconnecting && _time.ArmedTimers > 0);
        return _time.NextDue!.Value;
    }

    private Task FrameAsync()
    {
        var before = _camera.Frames.Captured;
        _sources.Frame();
        return UntilAsync(() => _camera.Frames.Captured > before && _camera.State == StreamState.Running);
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
            _patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static StreamSpec Spec() => new()
    {
        Id = "a",
        Source = "rtsp://cam/1",
        Questions = [new StreamQuestion("q1", "Is it?", QuestionKind.YesNo)],
        Fps = 2,
        SlaClass = "default",
        DeadlineMs = 500,
        Range = BudgetRange.Whole(TokenLadder.Default),
    };
}
