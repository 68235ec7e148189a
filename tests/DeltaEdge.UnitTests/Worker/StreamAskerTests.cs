using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Streams;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Gating;
using DeltaEdge.Streams.Observing;
using DeltaEdge.UnitTests.Worker.Quality;
using DeltaEdge.Worker.Asking;
using DeltaEdge.Worker.Serving;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaEdge.UnitTests.Worker;

/// <summary>A stream's frames on their way to the engine, with and without a gate.</summary>
public sealed class StreamAskerTests : IDisposable
{
    private const byte Grey = 90;

    private readonly ProbeWorld _world = new();
    private readonly SeenAnswers _seen = new();
    private readonly FrameGates _gates = new();
    private readonly StreamAsker _asker;
    private long _index;

    public StreamAskerTests() =>
        _asker = new StreamAsker(_world.Models, _world.Asker, _gates, new StreamObservers([_seen], NullLogger<StreamObservers>.Instance), _world.Clock);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task WithoutAGate_EveryFrameIsAsked()
    {
        Assert.True(await Frame(Spec()));
        Assert.True(await Frame(Spec()));

        Assert.Equal(2, _world.Engine.Asked.Count);
        Assert.All(_world.Engine.Asked, a => Assert.Equal(StreamIds.KeyOf("gate"), a.Stream));
        Assert.Null(Answers()[1].Deltaedge.GatedAgeMs);
    }

    [Fact]
    public async Task UnchangedScene_GetsItsLastAnswerAgain()
    {
        var spec = Gated();
        Assert.True(await Frame(spec));
        _world.Time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.False(await Frame(spec));

        Assert.Single(_world.Engine.Asked);
        var (first, again) = (Answers()[0], Answers()[1]);
        Assert.Equal((first.Answer, "gated", 1L), (again.Answer, again.Outcome, again.FrameIndex));
        Assert.Equal((500.0, 500.0), (again.Deltaedge.GatedAgeMs, again.Deltaedge.CaptureAgeMs));
        Assert.Equal((first.Deltaedge.Budget, new LatencySplit()), (again.Deltaedge.Budget, again.Deltaedge.Latency));
        Assert.Equal(1, _world.Measured["deltaedge_frames_total,default,gated"]);
        Assert.Equal(1, _world.Measured["deltaedge_frames_total,default,on_time"]);
    }

    [Fact]
    public async Task ChangedScene_IsAsked()
    {
        var spec = Gated();
        await Frame(spec);
        Assert.True(await Frame(spec, Grey + 30));

        Assert.Equal(2, _world.Engine.Asked.Count);
    }

    [Fact]
    public async Task SlowChange_AddsUpFromTheFrameThatWasAnswered()
    {
        var spec = Gated();
        for (var step = 0; step < 6; step++)
        {
            await Frame(spec, (byte)(Grey + step));
            _world.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(2, _world.Engine.Asked.Count); // Each is one level from the one before; the third is too far from the first.
    }

    [Fact]
    public async Task Age_CountsFromTheCaptureOfTheAnsweredFrame()
    {
        var spec = Gated(maxAgeMs: 1000);
        await Frame(spec);
        for (var i = 0; i < 3; i++)
        {
            _world.Time.Advance(TimeSpan.FromMilliseconds(500));
            await Frame(spec);
        }

        Assert.Equal(["on_time", "gated", "gated", "on_time"], Answers().Select(a => a.Outcome));
    }

    [Theory]
    [InlineData(AskStatus.Late)]
    [InlineData(AskStatus.Expired)]
    public async Task AnswerThatWasNotOnTime_IsNotReused(AskStatus status)
    {
        var spec = Gated();
        _world.Engine.Answers = (_, _) => Task.FromResult(FakeEngine.Outcome(36, "3", status));
        await Frame(spec);

        Assert.True(await Frame(spec));
    }

    [Fact]
    public async Task QuestionAboutTime_IsAlwaysAsked()
    {
        var spec = Gated() with { Questions = [Question("q1", "How many cars are there?"), Question("q2", "Is the red car moving?")] };
        await Frame(spec);
        Assert.True(await Frame(spec));

        Assert.Equal(["q1", "q2", "q1", "q2"], Answers().Select(a => a.QuestionId));
        Assert.Equal(["on_time", "on_time", "gated", "on_time"], Answers().Select(a => a.Outcome));
    }

    [Fact]
    public async Task ChangedSpec_StartsTheGateAnew()
    {
        await Frame(Gated());

        Assert.True(await Frame(Gated() with { Range = new BudgetRange(64, 576) }));
    }

    [Fact]
    public async Task AnotherModel_IsAskedAnew()
    {
        var spec = Gated();
        await Frame(spec);
        var next = new FakeEngine();
        _world.Models.Replace(new ServedModel(next, _world.Book, _world.Reservoir, "w1"));
        _gates.ForgetAll();

        Assert.True(await Frame(spec));
        Assert.Single(_world.Engine.Asked);
        Assert.Single(next.Asked);
    }

    private static StreamQuestion Question(string id, string text) => new(id, text, QuestionKind.Count);

    private static StreamSpec Spec() => new()
    {
        Id = "gate",
        Source = "rtsp://cam/1",
        Questions = [Question("q1", "How many cars are there?")],
        Fps = 2,
        SlaClass = "default",
        DeadlineMs = 500,
        Range = BudgetRange.Whole(TokenLadder.Default),
    };

    private static StreamSpec Gated(int maxAgeMs = 2000) => Spec() with { Gate = new GateSpec(maxAgeMs, GateSpec.DefaultThreshold) };

    private StreamAnswer[] Answers() => [.. _seen.Answers];

    private ValueTask<bool> Frame(StreamSpec spec, byte level = Grey)
    {
        var pixels = new byte[14 * 14 * 3];
        Array.Fill(pixels, level);
        var frame = new CapturedFrame(new RgbImage(14, 14, pixels), _index++, 0, _world.Clock.Now, default);
        return _asker.OnFrameAsync(spec, frame, CancellationToken.None);
    }
}
