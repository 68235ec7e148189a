using System.Diagnostics.Metrics;
using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Events;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Rules;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Delivery;
using DeltaEdge.Delivery.Intake;
using DeltaEdge.Delivery.Metrics;
using DeltaEdge.Delivery.Rules;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.InProcess;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Streams;
using DeltaEdge.Streams.Answers;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Metrics;
using DeltaEdge.UnitTests.Core;
using DeltaEdge.UnitTests.Streams.Answers;
using DeltaEdge.UnitTests.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Delivery;

/// <summary>What a stream's rules remember when another worker takes the stream over. Each letter or number is an answer of one second.</summary>
public sealed class RuleHandOverTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MonotonicClock _clock = new(new ManualTimeProvider());
    private readonly InProcessFabric _fabric;
    private readonly FlakyLog _log;
    private int _second;

    public RuleHandOverTests()
    {
        _fabric = new InProcessFabric(_clock);
        _log = new FlakyLog(_fabric.AnswerLog);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task ChangeAcrossTheMove_FiresOnce()
    {
        var rules = new[] { Rule("changes", new() { Changes = true }), Rule("changes_to", new() { ChangesTo = "red" }) };
        await OwnAsync("w1", rules, "green", "green");

        await OwnAsync("w2", rules, "red", "red");

        Assert.Equal(["changes red after green at 2", "changes_to red after green at 2"], await FiringsAsync());
    }

    [Fact]
    public async Task ConditionThatHasFiredAndStillHolds_DoesNotFireAgain()
    {
        var rules = new[] { Rule("full", new() { Above = 3 }) };
        await OwnAsync("w1", rules, "2", "5");

        await OwnAsync("w2", rules, "6", "1", "4");

        Assert.Equal(["full 5 after 2 at 1", "full 4 after 1 at 4"], await FiringsAsync());
    }

    [Fact]
    public async Task AnswersInARowAndDebounce_GoOn()
    {
        var rules = new[] { Rule("three", new() { EqualTo = "yes" }) with { ForFrames = 3 }, Rule("rare", new() { EqualTo = "no" }) with { DebounceMs = 60_000 } };
        await OwnAsync("w1", rules, "no", "yes", "yes");

        await OwnAsync("w2", rules, "yes", "no");

        Assert.Equal(["rare no after  at 0", "three yes after no at 3"], await FiringsAsync());
    }

    [Fact]
    public async Task OnlyTheLastHundredEntriesCount()
    {
        var rules = new[] { Rule("changes", new() { Changes = true }) };
        await OwnAsync("w1", rules, [.. Enumerable.Repeat("green", 250)]);

        await OwnAsync("w2", rules, "red");

        Assert.Equal(["changes red after green at 250"], await FiringsAsync());
    }

    [Fact]
    public async Task LogThatCannotBeRead_LetsTheRulesStartAfresh()
    {
        var rules = new[] { Rule("full", new() { Above = 3 }) };
        await OwnAsync("w1", rules, "5");
        _log.CannotBeRead = true;

        await OwnAsync("w2", rules, "6");

        _log.CannotBeRead = false;
        Assert.Equal(["full 5 after  at 0", "full 6 after  at 1"], await FiringsAsync());
    }

    private static RuleSpec Rule(string id, RuleCondition when) => new() { Id = id, Question = "q1", When = when, Evidence = false };

    /// <summary>A worker of its own takes the stream, answers, and gives it away.</summary>
    private async Task OwnAsync(string worker, RuleSpec[] rules, params string[] answers)
    {
        var metrics = _services.GetRequiredService<IMeterFactory>();
        await using var logs = new StreamLogs(_log, Options.Create(new StreamsOptions { AnswersBuffered = 1000 }), new LogMetrics(metrics), _clock);
        var delivery = new DeliveryMetrics(metrics, _clock);
        var observer = new RuleObserver(new DeliveryQueue(delivery), logs, _log, delivery, Options.Create(new DeliveryOptions()), _clock.Provider);
        var spec = Spec(rules);
        await _fabric.PublishAsync(Reports.Worker(worker), CancellationToken.None);
        logs.Open((await _fabric.ClaimAsync("cam", worker, CancellationToken.None)).Owner!);
        await observer.OnTakenOverAsync(spec, CancellationToken.None);
        foreach (var text in answers)
        {
            var (answer, frame) = (Answer(text, _second++), new CapturedFrame(new RgbImage(1, 1, new byte[3]), 0, 0, TimeSpan.Zero, Start));
            observer.OnAnswer(spec, answer, frame);
            logs.OnAnswer(spec, answer, frame);
        }

        await logs.CloseAsync("cam", Wait.Limit);
        Assert.True(await _fabric.ReleaseAsync("cam", worker, CancellationToken.None));
    }

    private async Task<string[]> FiringsAsync() =>
    [
        .. (await _log.ReadAsync("cam", 0, 1000, CancellationToken.None))!.Entries.Select(e => e.Event?.Rule).OfType<RuleFiring>()
            .Select(r => $"{r.RuleId} {r.Answer} after {r.PreviousAnswer} at {(r.CapturedAt - Start).TotalSeconds}"),
    ];

    private static StreamSpec Spec(RuleSpec[] rules) => new()
    {
        Id = "cam",
        Source = "a",
        Questions = [new StreamQuestion("q1", "What is it?", QuestionKind.Other)],
        Fps = 1,
        SlaClass = "standard",
        DeadlineMs = 500,
        Range = new BudgetRange(4, 576),
        Rules = [.. rules],
    };

    private static StreamAnswer Answer(string text, int second) => new()
    {
        StreamId = "cam",
        QuestionId = "q1",
        Question = "What is it?",
        Answer = text,
        Outcome = "on_time",
        FrameIndex = second,
        SourceSeconds = second,
        CapturedAt = Start.AddSeconds(second),
        Deltaedge = new AnswerInfo
        {
            Budget = 16,
            ImageTokens = 16,
            FullBudget = 576,
            QuestionKind = "other",
            ExpectedAccuracy = 1,
            AccuracyBasis = "profile",
            DegradedReason = "none",
            SlaClass = "standard",
            DeadlineMs = 500,
            CaptureAgeMs = 1,
            OnTime = true,
            Latency = new LatencySplit(),
            Worker = "w",
        },
    };
}
