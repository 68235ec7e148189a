using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Time;
using DeltaEdge.Core.Wire;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Engine;
using DeltaEdge.Inference.Running;
using DeltaEdge.Inference.Tokenization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaEdge.ComponentTests.Inference;

/// <summary>Failures stay where they happen, nothing leaks, and the engine stops when it is told to.</summary>
public sealed class EngineRobustnessTests(TinyModel tiny) : IClassFixture<TinyModel>
{
    private const int AnswerTokens = 8;

    [Fact]
    public async Task FailedRun_FailsOnlyItsAsk()
    {
        var policy = new BreakablePolicy();
        using var metrics = new CollectedMetrics();
        await using var engine = Open(policy, metrics);
        policy.Broken = true;
        for (var i = 1; i <= 3; i++)
        {
            var outcome = await EngineHarness.End(engine.AskAsync(Request(engine, i), default).AsTask());
            Assert.Equal(AskStatus.Failed, outcome.Status);
            Assert.NotNull(outcome.Error);
            Assert.Equal("", outcome.Text);
            Assert.Equal(i == 3, engine.Status.Unhealthy);
        }

        policy.Broken = false;
        Assert.Equal(AskStatus.OnTime, (await EngineHarness.End(engine.AskAsync(Request(engine, 4), default).AsTask())).Status);
        Assert.False(engine.Status.Unhealthy);
        Assert.Equal(0, engine.Status.ActiveRows);
    }

    /// <summary>The model fails for a while: an id in front of every prompt that it has no row for.</summary>
    [Fact]
    public async Task UnhealthyEngine_FindsOutItselfThatItWorksAgain()
    {
        var head = tiny.Head();
        (head[0], var bos) = (1_000_000, head[0]);
        var log = new CollectedLog();
        using var metrics = new CollectedMetrics();
        await using var engine = Open(new BreakablePolicy(), metrics, runner: tiny.OpenRunner(head: head), log: log);
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(AskStatus.Failed, (await EngineHarness.End(engine.AskAsync(Request(engine, i), default).AsTask())).Status);
        }

        Assert.True(engine.Status.Unhealthy);
        var lines = log.Lines.Count;
        await Wait.UntilAsync(() => log.Lines.Count > lines, () => "a trial");
        Assert.True(engine.Status.Unhealthy);
        head[0] = bos;
        await Wait.UntilAsync(() => !engine.Status.Unhealthy, () => "a trial that succeeds");
        Assert.Equal(AskStatus.OnTime, (await EngineHarness.End(engine.AskAsync(Request(engine, 4), default).AsTask())).Status);
    }

    [Fact]
    public async Task TokenThatFails_FailsOnlyItsAsk()
    {
        // Text stops short of the highest id of one answer, past its first token; the other answer is below it throughout.
        var answers = Enumerable.Range(1, 12).Select(frame => (Frame: frame, Ids: tiny.Greedy(frame, 0, 1, AnswerTokens))).ToList();
        var broken = answers.Where(a => a.Ids[0] < a.Ids.Max()).MaxBy(a => a.Ids.Max());
        var sound = answers.MinBy(a => a.Ids.Max());
        Assert.True(sound.Ids.Max() < broken.Ids.Max());

        using var metrics = new CollectedMetrics();
        await using var engine = Open(new BreakablePolicy(), metrics, CutOff(broken.Ids.Max()));
        using var gate = new ManualResetEventSlim();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Ask(sound.Frame, _ =>
        {
            held.TrySetResult();
            gate.Wait(EngineHarness.Patience);
        });
        await held.Task.WaitAsync(EngineHarness.Patience);
        Task<AskOutcome>[] asks = [first, Ask(broken.Frame), Ask(sound.Frame)]; // All three decode together.
        gate.Set();
        var outcomes = await Task.WhenAll(asks).WaitAsync(EngineHarness.Patience);
        Assert.Equal([AskStatus.OnTime, AskStatus.Failed, AskStatus.OnTime], outcomes.Select(o => o.Status));
        Assert.Equal((0, false), (engine.Status.ActiveRows, engine.Status.Unhealthy));

        Task<AskOutcome> Ask(int frame, Action<string>? onText = null) =>
            engine.AskAsync(Request(engine, frame) with { MaxNewTokens = AnswerTokens, OnText = onText }, default).AsTask();
    }

    [Fact]
    public async Task ListenerThatThrows_StillGetsItsAnswer()
    {
        await using var host = new EngineHarness(tiny);
        var calls = 0;
        var outcome = await EngineHarness.End(host.AskAsync(host.Request(1, 0, 1, 1, onText: _ =>
        {
            calls++;
            throw new InvalidOperationException("A listener's fault.");
        })));
        Assert.Equal(AskStatus.OnTime, outcome.Status);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Disposed_EndsWhatItHoldsAndRefusesNewWork()
    {
        var host = new EngineHarness(tiny);
        var (gate, held) = await host.HoldAsync(maxNewTokens: 100);
        var waiting = host.AskAsync(host.Request(1, 0, 1, 1));
        var disposal = host.DisposeAsync().AsTask();
        gate.Set();
        await disposal.WaitAsync(EngineHarness.Patience);
        Assert.Equal(AskStatus.Failed, (await EngineHarness.End(held)).Status);
        Assert.Equal(AskStatus.Failed, (await EngineHarness.End(waiting)).Status);
        Assert.Equal(AskStatus.Failed, (await EngineHarness.End(host.AskAsync(host.Request(1, 0, 1, 1)))).Status);
    }

    [Fact]
    public async Task DisposedWithTimeToDrain_AnswersWhatItHolds()
    {
        var host = new EngineHarness(tiny, o => o.DrainMs = 30_000);
        var (gate, held) = await host.HoldAsync();
        var waiting = host.AskAsync(host.Request(1, 0, 1, 1));
        var disposal = host.DisposeAsync().AsTask();
        gate.Set();
        await disposal.WaitAsync(EngineHarness.Patience);
        Assert.Equal(AskStatus.OnTime, (await EngineHarness.End(held)).Status);
        Assert.Equal(AskStatus.OnTime, (await EngineHarness.End(waiting)).Status);
    }

    [Fact]
    public async Task ThousandRandomAsks_LeaveNothingBehind()
    {
        await using var host = new EngineHarness(tiny, o => o.EncoderCacheBytes = 5 * 3 * 144 * 64 * sizeof(float));
        var random = new Random(11);
        int[] ladder = [144, 36, 16, 9, 4, 1];
        var asks = new List<Task<AskOutcome>>();
        var cancels = new List<CancellationTokenSource>();
        for (var i = 0; i < 1000; i++)
        {
            var (a, b) = (ladder[random.Next(6)], ladder[random.Next(6)]);
            var cancel = new CancellationTokenSource();
            cancels.Add(cancel);
            var frame = random.Next(1, 12);
            var request = host.Request(frame, random.Next(2), Math.Min(a, b), Math.Max(a, b), random.Next(5, 2000), random.Next(1, 20));
            asks.Add(host.AskAsync(
                random.Next(3) switch
                {
                    0 => request with { Frame = new VisionFrame((UInt128)frame, () => EngineHarness.Image(frame)) },
                    1 when frame == 1 => request with { Frame = new VisionFrame(100, () => ApiError.Invalid("image", "Damaged.")) },
                    _ => request,
                },
                cancel.Token));
            if (random.Next(4) == 0)
            {
                await cancels[random.Next(cancels.Count)].CancelAsync();
            }

            if (random.Next(8) == 0)
            {
                await asks[random.Next(asks.Count)].WaitAsync(EngineHarness.Patience);
            }

            Assert.InRange(host.Engine.Frames.Bytes, 0, host.Options.EncoderCacheBytes);
        }

        var outcomes = await Task.WhenAll(asks).WaitAsync(EngineHarness.Patience);
        await Wait.UntilAsync(() => host.Engine.Status is { QueueDepth: 0, ActiveRows: 0 }, () => $"the engine to let go of all; it has {host.Engine.Status}"); // A cancelled row goes with the step that is under way.
        Assert.InRange(host.Engine.Frames.Count, 1, 5);
        Assert.All(outcomes, o => Assert.NotEqual(AskStatus.Failed, o.Status));
        Assert.All(outcomes, o => Assert.Equal(o.Status is AskStatus.OnTime or AskStatus.Late, o.Text.Length > 0 || o.Stopped));
        Assert.Contains(outcomes, o => o.Status == AskStatus.Cancelled);
        Assert.Contains(outcomes, o => o.Status == AskStatus.Unreadable);
        Assert.Contains(outcomes, o => o.Status == AskStatus.OnTime);
        cancels.ForEach(c => c.Dispose());
    }

    /// <summary>The tokenizer without text for ids from <paramref name="id"/>.</summary>
    private BpeTokenizer CutOff(int id)
    {
        var whole = TokenizerFile.Parse(File.ReadAllBytes(tiny.Model.TokenizerPath));
        return new BpeTokenizer(new BpeVocabulary
        {
            Pieces = whole.Pieces[..id],
            BytesOfIds = whole.BytesOfIds[..id],
            Scalars = whole.Scalars,
            Merges = whole.Merges,
            ByteIds = whole.ByteIds,
            Added = whole.Added,
            Special = whole.Special,
            UnknownId = whole.UnknownId,
            FuseUnknown = whole.FuseUnknown,
            PrependMark = whole.PrependMark,
        });
    }

    private VisionEngine Open(IServingPolicy policy, CollectedMetrics metrics, BpeTokenizer? tokenizer = null, ModelRunner? runner = null, ILogger? log = null)
    {
        var options = new EngineOptions { DrainMs = 0 };
        var ladder = tiny.Model.Manifest.Ladder;
        return new VisionEngine(
            tiny.Model,
            runner ?? tiny.OpenRunner(),
            tokenizer ?? tiny.Tokenizer,
            EngineHarness.KnownProfile(ladder),
            policy,
            options,
            new EngineMetrics(metrics, ladder),
            new MonotonicClock(TimeProvider.System),
            log ?? NullLogger.Instance);
    }

    private AskRequest Request(VisionEngine engine, int frame) => new()
    {
        Frame = new VisionFrame((UInt128)frame, EngineHarness.Image(frame)),
        Question = tiny.Questions[0],
        Kind = QuestionKind.Count,
        Range = new(engine.Ladder.Smallest, engine.Ladder.Largest),
        SlaClass = "default",
        CapturedAt = TimeSpan.Zero,
        Deadline = TimeSpan.FromMinutes(10),
        MaxNewTokens = 3,
    };

    /// <summary>Names a budget that no graph serves when broken, so that the run fails inside the model.</summary>
    private sealed class BreakablePolicy : IServingPolicy
    {
        public bool Broken { get; set; }

        public string Name => "breakable";

        public BudgetDecision Choose(in DispatchSituation situation) => new(Broken ? 77 : 1, DegradedReason.None, 0.01);
    }
}
