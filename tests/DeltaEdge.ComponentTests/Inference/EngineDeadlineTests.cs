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
        var statuses = new HashSet<AskStatus>();
        AskStatus[] expected = [AskStatus.OnTime, AskStatus.Late, AskStatus.Expired];
        for (var round = 0; round < 50 && !statuses.IsSupersetOf(expected); round++) // What the engine does after an answer takes time as well, more or less of it.
        {
            for (var dueMs = 1; dueMs < 60; dueMs++)
            {
                var request = host.Request(1, 0, 1, 1, dueMs, maxNewTokens: 1);
                var outcome = await EngineHarness.End(host.AskAsync(request));
                var isAnswered = outcome.Status is AskStatus.OnTime or AskStatus.Late;
                Assert.Equal(isAnswered, outcome.Text.Length > 0);
                Assert.True(!isAnswered || outcome.FinishedAt <= request.Deadline == (outcome.Status == AskStatus.OnTime));
                statuses.Add(outcome.Status);
            }
        }

        Assert.All(expected, status => Assert.Contains(status, statuses));
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
    public async Task MoreThanFitsIntoTheDeadline_IsRefusedWithRetryAfter()
    {
        await using var host = new EngineHarness(tiny, manualTime: true);
        var (gate, held) = await host.HoldAsync();
        var asked = Enumerable.Range(1, 20).Select(frame => host.AskAsync(host.Request(frame, 0, 1, 144, dueMs: 200))).ToList();
        gate.Set();
        await EngineHarness.End(held);
        var outcomes = new List<AskOutcome>();
        foreach (var ask in asked)
        {
            outcomes.Add(await EngineHarness.End(ask));
        }

        // At the budget that answers most per second a group is predicted to take 10 + 10 + 1 + 2 ms or a little more.
        var refused = outcomes.Where(o => o.Status == AskStatus.Overloaded).ToList();
        Assert.InRange(refused.Count, 11, 15);
        Assert.All(refused, o => Assert.True(o.RetryAfterSeconds > 0 && o.Error is not null));
        Assert.All(outcomes.Except(refused), o => Assert.Equal(AskStatus.OnTime, o.Status));
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

    [Fact]
    public async Task QuestionFarBeyondTheContext_IsNotTokenised()
    {
        await using var host = new EngineHarness(tiny);
        var request = host.Request(1, 0, 1, 1) with { Question = new string('x', 2_000_000) };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var ask = host.Engine.AskAsync(request, default);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Equal(AskStatus.TooLong, (await ask).Status);
    }
}
