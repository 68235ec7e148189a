using System.Diagnostics.Metrics;
using DeltaEdge.Core.Events;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.InProcess;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Streams;
using DeltaEdge.Streams.Answers;
using DeltaEdge.Streams.Metrics;
using DeltaEdge.UnitTests.Core;
using DeltaEdge.UnitTests.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Streams.Answers;

/// <summary>A worker's side of the answer log: order, bound, retries, and who may write.</summary>
public sealed class StreamLogsTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly InProcessFabric _fabric;
    private readonly FlakyLog _log;
    private readonly StreamLogs _logs;

    public StreamLogsTests()
    {
        var clock = new MonotonicClock(_time);
        _fabric = new InProcessFabric(clock);
        _log = new FlakyLog(_fabric.AnswerLog);
        _logs = new StreamLogs(_log, Options.Create(new StreamsOptions { AnswersBuffered = 3 }), new LogMetrics(_services.GetRequiredService<IMeterFactory>()), clock);
    }

    [Fact]
    public async Task Entries_AreAppendedInOrder()
    {
        _logs.Open(await ClaimAsync("w1"));
        Append("a", "b", "c");
        await _log.AttemptsAsync(3);
        Assert.Equal(["a", "b", "c"], await KeysAsync());
    }

    [Fact]
    public async Task LostReply_IsTriedAgainAndAppendedOnce()
    {
        _logs.Open(await ClaimAsync("w1"));
        _log.LosesReplies = true;
        Append("a", "b");
        await _log.AttemptsAsync(1);
        _log.LosesReplies = false;
        await PassUntilAsync(async () => (await KeysAsync()).Length == 2);
        Assert.Equal(["a", "b"], await KeysAsync());
    }

    [Fact]
    public async Task WhileTheLogIsAway_TheNewestWaitAndTheRestIsCounted()
    {
        var (dropped, labels) = (0L, 0);
        using var listener = new MeterListener { InstrumentPublished = (i, l) => { if (i.Name == "deltaedge_answer_log_dropped_total" && i.Meter.Scope == _services.GetRequiredService<IMeterFactory>()) { l.EnableMeasurementEvents(i); } } };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => (dropped, labels) = (dropped + count, labels + tags.Length));
        listener.Start();
        _logs.Open(await ClaimAsync("w1"));
        _log.Says = AppendOutcome.Unavailable;
        Append("held");
        await _log.AttemptsAsync(1);
        Append("1", "2", "3", "4", "5");
        Assert.Equal((2, 0), (dropped, labels)); // Labels would outlive their streams, and say their ids where those are to be hidden.

        _log.Says = null;
        await PassUntilAsync(async () => (await KeysAsync()).Length == 4);
        Assert.Equal(["held", "3", "4", "5"], await KeysAsync());
    }

    [Fact]
    public async Task OwnerThatWasReplaced_IsToldAndWritesNothing()
    {
        var lost = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _logs.OnLost = id => lost.TrySetResult(id);
        _logs.Open(await ClaimAsync("w1"));
        await _fabric.ReleaseAsync("cam", "w1", CancellationToken.None);
        await ClaimAsync("w2");

        Append("zombie");

        Assert.Equal("cam", await lost.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        await _logs.CloseAsync("cam", TimeSpan.Zero);
        Assert.Empty(await KeysAsync());
    }

    [Fact]
    public async Task RenewedClaim_GoesOnWithWhatWaited()
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _logs.OnLost = _ => lost.TrySetResult();
        _logs.Open(await ClaimAsync("w1"));
        Append("before");
        await _log.AttemptsAsync(1);
        await _fabric.ReleaseAsync("cam", "w1", CancellationToken.None);
        Append("between");
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(20));

        _logs.Open(await ClaimAsync("w1"));
        Append("after");

        await PassUntilAsync(async () => (await KeysAsync()).Length == 3);
        Assert.Equal(["before", "between", "after"], await KeysAsync());
    }

    [Fact]
    public async Task ClaimThatComesBackUnderItsFence_GoesOnWithWhatWaited()
    {
        var owner = await ClaimAsync("w1");
        _logs.Open(owner);
        _time.Advance(TimeSpan.FromMilliseconds(new FabricOptions().ReportTtlMs + 1)); // As on a machine that stood still.
        Append("unheard of");
        await _log.AttemptsAsync(1);
        Assert.Empty(await KeysAsync());

        var again = await ClaimAsync("w1");
        _logs.Open(again);
        Append("after");

        await PassUntilAsync(async () => (await KeysAsync()).Length == 2);
        Assert.Equal(owner, again);
        Assert.Equal(["unheard of", "after"], await KeysAsync());
    }

    [Fact]
    public async Task Close_WritesWhatWaits()
    {
        _logs.Open(await ClaimAsync("w1"));
        Append("a", "b");
        await _logs.CloseAsync("cam", TimeSpan.FromSeconds(20));
        Assert.Equal(["a", "b"], await KeysAsync());
        Assert.Null(_logs.OwnerOf("cam"));
    }

    [Fact]
    public async Task OpenedAnewUnderTheSameClaim_WritesOn()
    {
        var owner = await ClaimAsync("w1");
        _logs.Open(owner);
        Append("a", "b");
        await _logs.CloseAsync("cam", TimeSpan.FromSeconds(20));

        _logs.Open(owner); // As a worker does that comes back under its name before its report runs out.
        Append("c");
        await _logs.CloseAsync("cam", TimeSpan.FromSeconds(20));

        Assert.Equal(["a", "b", "c"], await KeysAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _logs.DisposeAsync();
        await _services.DisposeAsync();
    }

    private void Append(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            _logs.Append(new StreamEvent { Type = "heartbeat", StreamId = "cam", At = default, DedupeKey = key });
        }
    }

    private async Task<string[]> KeysAsync() => [.. (await _fabric.AnswerLog.ReadAsync("cam", 0, 100, CancellationToken.None))!.Entries.Select(e => e.Event!.DedupeKey)];

    private async Task<StreamOwner> ClaimAsync(string worker)
    {
        await _fabric.PublishAsync(Reports.Worker(worker), CancellationToken.None);
        return (await _fabric.ClaimAsync("cam", worker, CancellationToken.None)).Owner!;
    }

    /// <summary>
    /// A retry's timer may be set only after time has passed, so it passes in steps. The owner sends its heartbeat meanwhile: else its
    /// claim would run out on a machine that is slow to run the retry.
    /// </summary>
    private async Task PassUntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await _fabric.PublishAsync(Reports.Worker("w1"), CancellationToken.None);
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
    }
}
