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

/// <summary>The state machine of one stream, on a clock that stands.</summary>
public sealed class CameraStateTests : IAsyncDisposable, IFrameSink
{
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedSources _sources;
    private readonly StartGate _gate;
    private readonly Camera _camera;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(20));
    private readonly SeenStates _seen = new();
    private readonly TaskCompletionSource _asked = new();
    private Exception? _sinkThrows;
    private Task _sinkHolds = Task.CompletedTask;
    private bool _gates;
    private int _answered;

    public CameraStateTests()
    {
        var clock = new MonotonicClock(_time);
        _sources = new ScriptedSources(clock);
        var options = new StreamsOptions { ImageSize = 14, ReconnectMinSeconds = 60, ReconnectMaxSeconds = 60 };
        _gate = new StartGate(1, clock, _ => clock.Now); // Whoever starts is busy.
        _camera = new Camera(
            Spec(), new CaptureSession(_sources, _gate, clock, new StreamTuning(options)), this, new StreamObservers([_seen], NullLogger<StreamObservers>.Instance), clock, NullLogger.Instance);
    }

    [Fact]
    public async Task FirstFrame_MakesItRunning()
    {
        _camera.Start();
        Assert.Equal(StreamState.Connecting, _camera.State);
        _sources.Frame();
        await Reaches(StreamState.Running);
        await _asked.Task.WaitAsync(_patience.Token);
        Assert.Equal(1, _camera.Status.Frames.Asked);
    }

    [Fact]
    public async Task LostSource_WaitsItsDelayAndConnectsAgain()
    {
        _camera.Start();
        _sources.End(SourceEnd.Lost("The cable."));
        await Reaches(StreamState.Reconnecting);
        Assert.Equal((1, "The cable."), (_camera.Reconnects, _camera.Status.LastError));
        await PassAsync(TimeSpan.FromSeconds(61), StreamState.Connecting);
        _sources.Frame();
        await Reaches(StreamState.Running);
        Assert.Null(_camera.Status.LastError);
        while (_seen.Changes.Length < 3)
        {
            await Task.Yield();
            _patience.Token.ThrowIfCancellationRequested();
        }

        Assert.Equal([new("connecting", "reconnecting", "The cable."), new("reconnecting", "connecting", "The cable."), new("connecting", "running", null)], _seen.Changes);
    }

    [Fact]
    public async Task OperatorWhoResumes_DoesNotWaitOutTheDelay()
    {
        _camera.Start();
        _sources.End(SourceEnd.Lost("The cable."));
        await Reaches(StreamState.Reconnecting);
        var connecting = Reaches(StreamState.Connecting);
        _camera.Resume();
        await connecting;
    }

    [Theory]
    [InlineData(SourceEndKind.Failed, StreamState.Failed)]
    [InlineData(SourceEndKind.Ended, StreamState.Ended)]
    public async Task DefiniteEnd_StaysUntilResumed(SourceEndKind kind, StreamState state)
    {
        _sources.Refusals.Enqueue(new SourceEnd(kind, "No such file."));
        _camera.Start();
        await Reaches(state);
        Assert.Equal(0, _camera.Reconnects);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(state, _camera.State);
        _camera.Resume();
        _sources.Frame();
        await Reaches(StreamState.Running);
    }

    [Fact]
    public async Task SilentSource_IsStalledAndOpenedAgain()
    {
        _camera.Start();
        _sources.Frame();
        await Reaches(StreamState.Running);
        await PassAsync(TimeSpan.FromSeconds(21), StreamState.Stalled);
        Assert.Contains("20 s", _camera.Status.LastError, StringComparison.Ordinal);
        await PassAsync(TimeSpan.FromSeconds(61), StreamState.Connecting);
        Assert.Equal(1, _sources.Disposed);
    }

    [Fact]
    public async Task SourceThatNeverGivesAFrame_IsGivenUpAfterTheConnectTimeout()
    {
        _camera.Start();
        await PassAsync(TimeSpan.FromSeconds(16), StreamState.Stalled);
        Assert.Contains("15 s", _camera.Status.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CameraThatWaitsForItsTurn_IsNotTimedOutAndIsOpenedWhenThePlaceIsFree()
    {
        var front = await _gate.EnterAsync(_patience.Token);
        _camera.Start();
        await Reaches(StreamState.Connecting);
        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(16)); // Beyond the connect timeout.
            await Task.Yield();
        }

        _sources.Frame();
        Assert.Equal((StreamState.Connecting, 0), (_camera.State, _camera.Status.Frames.Captured));
        front.Dispose();
        await Reaches(StreamState.Running);
        Assert.Equal(0, _camera.Reconnects);

        using var again = await _gate.EnterAsync(_patience.Token); // Its first frame gave the place back.
    }

    [Fact]
    public async Task PauseAndResume_CloseAndOpenTheSource()
    {
        _camera.Start();
        _sources.Frame();
        await Reaches(StreamState.Running);
        _camera.Pause();
        await Reaches(StreamState.Paused);
        Assert.Equal(1, _sources.Disposed);
        _camera.Resume();
        _sources.Frame();
        await Reaches(StreamState.Running);
        Assert.Equal(0, _camera.Reconnects);
    }

    [Fact]
    public async Task SinkThatThrows_LosesTheFrameNotTheStream()
    {
        _sinkThrows = new InvalidOperationException("secret detail");
        _camera.Start();
        _sources.Frame();
        await Reaches(StreamState.Running);
        await _asked.Task.WaitAsync(_patience.Token);
        _time.Advance(TimeSpan.FromSeconds(1));
        _sources.Frame();
        while (_camera.Status.Frames.Asked < 2 || _camera.Status.LastError is null)
        {
            await Task.Yield();
            _patience.Token.ThrowIfCancellationRequested();
        }

        Assert.Equal(StreamState.Running, _camera.State);
        Assert.DoesNotContain("secret", _camera.Status.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SourceThatThrows_IsContained()
    {
        _sources.Throws = new InvalidOperationException("bug");
        _camera.Start();
        await Reaches(StreamState.Reconnecting);
        _sources.Throws = null;
        _camera.Resume();
        _sources.Frame();
        await Reaches(StreamState.Running);
    }

    /// <summary>Once the delay is over, the first frame is asked about at once: the frames before the outage leave no grid to wait for.</summary>
    [Fact]
    public async Task CameraThatIsBack_IsAskedAboutWithItsFirstFrame()
    {
        _camera.Start();
        _sources.Frame();
        await Reaches(StreamState.Running);
        await AskedAsync(1);
        _sources.End(SourceEnd.Lost("The cable."));
        await Reaches(StreamState.Reconnecting);
        await PassAsync(TimeSpan.FromSeconds(60), StreamState.Connecting);
        _sources.Frame();
        await Reaches(StreamState.Running);
        await AskedAsync(2);
    }

    [Fact]
    public async Task GatedFrame_CountsAsGatedAndNotAsAsked()
    {
        _gates = true;
        _camera.Start();
        _sources.Frame();
        while (_camera.Status.Frames.Gated == 0)
        {
            await Task.Yield();
            _patience.Token.ThrowIfCancellationRequested();
        }

        Assert.Equal((0, 1), (_camera.Status.Frames.Asked, _camera.Status.Frames.Gated));
    }

    [Fact]
    public async Task NewQuestions_DoNotReopenTheSource()
    {
        _camera.Start();
        _sources.Frame();
        await Reaches(StreamState.Running);
        _camera.Update(Spec() with { Fps = 5, DeadlineMs = 900 });
        Assert.Equal((900, StreamState.Running, 0), (_camera.Status.DeadlineMs, _camera.State, _sources.Disposed));
    }

    [Fact]
    public async Task CameraThatFinishes_WaitsForTheFrameAtTheSinkAndTakesNoOther()
    {
        var answer = new TaskCompletionSource();
        _sinkHolds = answer.Task;
        _camera.Start();
        _sources.Frame();
        await Reaches(StreamState.Running);
        await _asked.Task.WaitAsync(_patience.Token);
        var finishing = _camera.FinishAsync(TimeSpan.FromMinutes(1));
        while (_sources.Disposed == 0)
        {
            await Task.Yield();
            _patience.Token.ThrowIfCancellationRequested();
        }

        _sources.Frame();
        Assert.False(finishing.IsCompleted);
        answer.SetResult();
        await finishing.WaitAsync(_patience.Token);
        Assert.Equal((1, 1), (_answered, _camera.Status.Frames.Asked));
    }

    [Theory]
    [InlineData(600)]
    [InlineData(0.1)]
    public async Task CameraThatFinishes_WaitsNoLongerThanTheDeadlineOrItsLimit(double limit)
    {
        _sinkHolds = new TaskCompletionSource().Task;
        _camera.Start();
        _sources.Frame();
        await _asked.Task.WaitAsync(_patience.Token);
        var finishing = _camera.FinishAsync(TimeSpan.FromSeconds(limit));
        while (!finishing.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(limit < 1 ? 100 : 500));
            await Task.Yield();
            _patience.Token.ThrowIfCancellationRequested();
        }

        await finishing;
        Assert.Equal(0, _answered);
    }

    public async ValueTask<bool> OnFrameAsync(StreamSpec spec, CapturedFrame frame, CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        await _sinkHolds.WaitAsync(cancellationToken);
        _answered++;
        return _sinkThrows is null ? !_gates : throw _sinkThrows;
    }

    public async ValueTask DisposeAsync()
    {
        await _camera.DisposeAsync();
        _patience.Dispose();
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

    private async Task AskedAsync(long frames)
    {
        while (_camera.Status.Frames.Asked < frames)
        {
            await Task.Yield();
            _patience.Token.ThrowIfCancellationRequested();
        }
    }

    private Task<StreamState> Reaches(StreamState state) => _camera.WaitForStateAsync(s => s == state, _patience.Token);

    // The timer that the state waits for may be armed only after the state is seen: so time passes in steps until it fires.
    private async Task PassAsync(TimeSpan time, StreamState state)
    {
        var reached = Reaches(state);
        while (!reached.IsCompleted)
        {
            _time.Advance(time);
            await Task.WhenAny(reached, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        await reached;
    }
}
