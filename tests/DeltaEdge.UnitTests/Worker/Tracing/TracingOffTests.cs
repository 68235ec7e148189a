using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Streams;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.Telemetry;
using DeltaEdge.Telemetry.Tracing;
using DeltaEdge.UnitTests.Worker.Quality;
using DeltaEdge.Worker.Tracing;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Worker.Tracing;

/// <summary>Where nobody listens, tracing costs no memory.</summary>
public sealed class TracingOffTests : IDisposable, IFrameSink
{
    private const int Rounds = 100;

    private readonly ProbeWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Ask_AllocatesNothingForItsSpans()
    {
        var traces = new AskTraces(_world.Clock, Options.Create(new TracingOptions()));
        var ask = _world.Request();
        var outcome = FakeEngine.Outcome(16, "3", finishedAt: TimeSpan.FromSeconds(1));
        var info = _world.Model.Infos.Of(outcome, ask);

        Assert.Equal(0, Allocated(() => traces.Ended(_world.Engine.ModelName, ask, outcome, info)));
    }

    [Fact]
    public void Frame_AllocatesNothingForItsSpan()
    {
        var sink = new TracedSink(this, _world.Clock, Options.Create(new TelemetryOptions()));
        var spec = new StreamSpec
        {
            Id = "cam",
            Source = "a",
            Questions = [new StreamQuestion("q1", "Is it?", QuestionKind.YesNo)],
            Fps = 1,
            SlaClass = "default",
            DeadlineMs = 500,
            Range = BudgetRange.Whole(TokenLadder.Default),
        };
        var frame = new CapturedFrame(new RgbImage(14, 14, new byte[14 * 14 * 3]), 0, 0, _world.Clock.Now, default);

        Assert.Equal(0, Allocated(() => Assert.True(sink.OnFrameAsync(spec, frame, CancellationToken.None).AsTask().IsCompletedSuccessfully)));
    }

    public ValueTask<bool> OnFrameAsync(StreamSpec spec, CapturedFrame frame, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    private static long Allocated(Action once)
    {
        Assert.False(Traces.Source.HasListeners());
        once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            once();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
