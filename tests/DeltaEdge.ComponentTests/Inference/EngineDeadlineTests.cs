using DeltaEdge.Core.Dispatch;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.ComponentTests.Inference;

/// <summary>Deadlines, cancellation and refusal, on a clock that the tests move.</summary>
public sealed class EngineDeadlineTests(TinyModel tiny) : IClassFixture<TinyModel>
{
    [Fact]
    public async Task DeadlinePassedOnArrival_IsExpired()
    {
        await using var host = new EngineHarness(tiny, manualTime: true);
        var outcome = await EngineHarness.End(host.AskAsync(host.Request(1, 0, 1, 144, dueMs: 0)));
        Assert.Equal(AskStatus.Expired, outcome.Status);
        Assert.Equal(0, outcome.Budget);
    }

    [Fact]
    public async Task DeadlinePassesWhileWaiting_IsExpiredBeforeAnyWork()
    {
        await using var host = new EngineHarness(tiny, manualTime: true);
        var (gate, held) = await host.HoldAsync();
        var waiting = host.AskAsync(host.Request(1, 0, 1, 144, dueMs: 500));
        host.Time!.Advance(TimeSpan.FromMilliseconds(500));
        gate.Set();
        var outcome = await EngineHarness.End(waiting);
        Assert.Equal(AskStatus.Expired, outcome.Status);
        Assert.Equal(0, outcome.Budget);
        Assert.Equal("", outcome.Text);
        Assert.Equal(AskStatus.OnTime, (await EngineHarness.End(held)).Status);
        Assert.False(host.Engine.Frames.Contains(1));
    }

    [Fact]
    public async Task DeadlinePassesWhileDecoding_StopsAndFreesTheRow()
    {
        await using var host = new EngineHarness(tiny, o => o.Slots = 1, manualTime: true);
        var (gate, held) = await host.HoldAsync(dueMs: 1000, maxNewTokens: 50);
        host.Time!.Advance(TimeSpan.FromSeconds(2));
        gate.Set();
        var outcome = await EngineHarness.End(held);
        Assert.Equal(AskStatus.Expired, outcome.Status);
        Assert.Equal("", outcome.Text);
        Assert.Equal(AskStatus.OnTime, (await EngineHarness.End(host.AskAsync(host.Request(1, 0, 1, 1)))).Status);
        Assert.Equal(0, host.Engine.Status.ActiveRows);
    }

    [Fact]
    public async Task DeadlinePassesInTheLastRun_IsLateAndSaysSo()
    {
        await using var host = new EngineHarness(tiny, manualTime: true);
        host.Time!.PerReading = TimeSpan.FromMilliseconds(1);
        var statuses = new List<AskStatus>();
        for (var dueMs = 1; dueMs < 60; dueMs++)
        {
            var outcome = await EngineHarness.End(host.AskAsync(host.Request(1, 0, 1, 1, dueMs, maxNewTokens: 1)));
            Assert.Equal(outcome.Status is AskStatus.OnTime or AskStatus.Late, outcome.Text.Length > 0);
            statuses.Add(outcome.Status);
        }

        Assert.Equal([AskStatus.Expired, AskStatus.Late, AskStatus.OnTime], statuses.Distinct());
    }

    [Fact]
    public async Task ReaderThatDawdles_DoesNotMakeAnAnswerLate()
    {
        await using var host = new EngineHarness(tiny, manualTime: true);
        var request = host.Request(1, 0, 1, 1, dueMs: 1000, maxNewTokens: 1, onText: _ => host.Time!.Advance(TimeSpan.FromSeconds(2)));
        Assert.Equal(AskStatus.OnTime, (await EngineHarness.End(host.AskAsync(request))).Status);
    }

    [Fact]
    public async Task CancelledWhileWaiting_EndsAtOnce()
    {
        await using var host = new EngineHarness(tiny);
        var (gate, held) = await host.HoldAsync();
        using var cancel = new CancellationTokenSource();
        var waiting = host.AskAsync(host.Request(1, 0, 1, 144), cancel.Token);
        Assert.Equal(1, host.Engine.Status.QueueDepth);
        await cancel.CancelAsync();
        Assert.Equal(AskStatus.Cancelled, (await EngineHarness.End(waiting)).Status); // The engine is still held.
        Assert.Equal(0, host.Engine.Status.QueueDepth);
        gate.Set();
        await EngineHarness.End(held);
    }

    [Fact]
    public async Task CancelledWhileDecoding_FreesTheRow()
    {
        await using var host = new EngineHarness(tiny, o => o.Slots = 1);
        using var cancel = new CancellationTokenSource();
        var ask = host.AskAsync(host.Request(1, 0, 1, 1, maxNewTokens: 100, onText: _ => cancel.Cancel()), cancel.Token);
        var outcome = await EngineHarness.End(ask);
        Assert.Equal(AskStatus.Cancelled, outcome.Status);
        Assert.InRange(outcome.CompletionTokens, 1, 5);
        Assert.Equal(AskStatus.OnTime, (await EngineHarness.End(host.AskAsync(host.Request(1, 0, 1, 1)))).Status);
    }

    [Fact]
    public async Task CancelledBeforeAsking_NeverEnters()
    {
        await using var host = new EngineHarness(tiny);
        var outcome = await EngineHarness.End(host.AskAsync(host.Request(1, 0, 1, 1), new CancellationToken(canceled: true)));
        Assert.Equal(AskStatus.Cancelled, outcome.Status);
    }

    [Fact]
    public async Task BacklogAtFloorsMissesTheDeadline_IsRefusedWithRetryAfter()
    {
        await using var host = new EngineHarness(tiny, manualTime: true);
        var (gate, held) = await host.HoldAsync();
        var admitted = new List<Task<AskOutcome>>();
        AskOutcome? refused = null;
        for (var frame = 1; frame <= 100 && refused is null; frame++)
        {
            var ask = host.AskAsync(host.Request(frame, 0, 1, 144, dueMs: 200));
            admitted.Add(ask);
            refused = ask.IsCompleted ? await ask : null;
        }

        // At its floor a group is predicted to take 10 + 10 + 1 + 2 ms, so some eight fit into 200 ms beside what is held.
        Assert.Equal(AskStatus.Overloaded, refused!.Status);
        Assert.InRange(admitted.Count - 1, 6, 8);
        Assert.InRange(refused.RetryAfterSeconds, 0.0001, 0.05);
        Assert.NotNull(refused.Error);
        gate.Set();
        await EngineHarness.End(held);
        foreach (var ask in admitted)
        {
            await EngineHarness.End(ask);
        }
    }

    [Fact]
    public async Task QueueIsFull_IsRefused()
    {
        await using var host = new EngineHarness(tiny, o => o.QueueLimit = 3, manualTime: true);
        var (gate, held) = await host.HoldAsync();
        var asks = Enumerable.Range(1, 4).Select(frame => host.AskAsync(host.Request(frame, 0, 1, 144))).ToList();
        Assert.True(asks[3].IsCompleted);
        Assert.Equal(AskStatus.Overloaded, (await asks[3]).Status);
        Assert.True((await asks[3]).RetryAfterSeconds > 0);
        gate.Set();
        await EngineHarness.End(held);
        Assert.All(await Task.WhenAll(asks.Take(3)).WaitAsync(EngineHarness.Patience), o => Assert.Equal(AskStatus.OnTime, o.Status));
    }

    [Fact]
    public async Task HopelessOnAnIdleEngine_IsTriedAtItsFloor()
    {
        await using var host = new EngineHarness(tiny, manualTime: true);
        var outcome = await EngineHarness.End(host.AskAsync(host.Request(1, 0, 4, 144, dueMs: 5)));
        Assert.Equal(AskStatus.OnTime, outcome.Status); // The clock stands still.
        Assert.Equal(4, outcome.Budget);
        Assert.Equal(DegradedReason.Floor, outcome.DegradedReason);
    }

    [Fact]
    public async Task QuestionBeyondTheContext_IsTooLong()
    {
        await using var host = new EngineHarness(tiny);
        var request = host.Request(1, 0, 1, 1) with { Question = new string('x', 500) };
        var outcome = await EngineHarness.End(host.AskAsync(request));
        Assert.Equal(AskStatus.TooLong, outcome.Status);
        Assert.Contains(host.Engine.MaxTextTokens.ToString(), outcome.Error, StringComparison.Ordinal);
    }
}
