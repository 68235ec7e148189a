using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Time;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaEdge.ComponentTests.Inference;

/// <summary>A running engine on the tiny model with a known profile: 10 ms a frame, 10 to 60 ms a prefix, 1 ms a question and a step.</summary>
internal sealed class EngineHarness : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TinyModel _tiny;

    public EngineHarness(TinyModel tiny, Action<EngineOptions>? configure = null, bool manualTime = false)
    {
        _tiny = tiny;
        Time = manualTime ? new ManualTime() : null;
        Clock = new MonotonicClock(Time ?? TimeProvider.System);
        Options = new EngineOptions { Threads = 1, Slots = 4, Prefixes = 2, TextTokens = 128, DrainMs = 0 };
        Options.Providers.Add("cpu");
        configure?.Invoke(Options);
        Engine = new EngineStarter(Options, Clock, Metrics, NullLogger<EngineStarter>.Instance).Start(tiny.Model, KnownProfile(tiny.Model.Manifest.Ladder));
    }

    public EngineOptions Options { get; }

    public ManualTime? Time { get; }

    public MonotonicClock Clock { get; }

    public CollectedMetrics Metrics { get; } = new();

    public VisionEngine Engine { get; }

    public static LatencyProfile KnownProfile(TokenLadder ladder) => new()
    {
        Ladder = ladder,
        FrameSeconds = 0.010,
        PrefixSeconds = [.. Enumerable.Range(0, ladder.Count).Select(rung => 0.010 * (ladder.Count - rung))],
        QuestionSeconds = 0.001,
        DecodeStepSeconds = [0.001, 0.001, 0.001],
    };

    public static RgbImage Image(int seed)
    {
        var pixels = new byte[168 * 168 * 3];
        new Random(seed).NextBytes(pixels);
        return new RgbImage(168, 168, pixels);
    }

    /// <summary>An ask about frame number <paramref name="frame"/>, due in <paramref name="dueMs"/> from now.</summary>
    public AskRequest Request(int frame, int question, int floor, int ceiling, int dueMs = 60_000, int maxNewTokens = 6, Action<string>? onText = null) => new()
    {
        Frame = new VisionFrame((UInt128)frame, Image(frame)),
        Question = _tiny.Questions[question],
        Kind = QuestionKind.Count,
        Range = new BudgetRange(floor, ceiling),
        SlaClass = "default",
        CapturedAt = Clock.Now,
        Deadline = Clock.Now + TimeSpan.FromMilliseconds(dueMs),
        MaxNewTokens = maxNewTokens,
        OnText = onText,
    };

    public Task<AskOutcome> AskAsync(AskRequest request, CancellationToken cancellationToken = default) =>
        Engine.AskAsync(request, cancellationToken).AsTask();

    public static async Task<AskOutcome> End(Task<AskOutcome> ask) => await ask.WaitAsync(Patience);

    /// <summary>
    /// Holds the engine's thread inside an answer's first text until the returned gate is set; completes once it is held.
    /// </summary>
    public async Task<(ManualResetEventSlim Gate, Task<AskOutcome> Ask)> HoldAsync(int dueMs = 60_000, int maxNewTokens = 6)
    {
        var gate = new ManualResetEventSlim();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ask = AskAsync(Request(999, 0, 1, 1, dueMs, maxNewTokens, _ =>
        {
            held.TrySetResult();
            gate.Wait(Patience);
        }));
        await held.Task.WaitAsync(Patience);
        return (gate, ask);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync().AsTask().WaitAsync(Patience);
        Metrics.Dispose();
    }
}
