using DeltaEdge.Core.Delivery;
using DeltaEdge.Core.Time;
using DeltaEdge.Delivery.Metrics;
using DeltaEdge.Delivery.Outbox;
using DeltaEdge.Delivery.Sinks;
using DeltaEdge.Streams.Pacing;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Delivery.Pumping;

/// <summary>Empties one target's outbox in order, one message at a time, and tries again for as long as the message is not too old.</summary>
internal sealed partial class TargetPump : IAsyncDisposable
{
    /// <summary>A third of what brokers are told to expect, so that one lost ping is not a lost connection.</summary>
    private static readonly TimeSpan IdlePeriod = TimeSpan.FromSeconds(20);

    private readonly ISink _sink;
    private readonly PumpTuning _tuning;
    private readonly DeliveryMetrics _metrics;
    private readonly MonotonicClock _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;
    private volatile PumpTrouble _trouble = PumpTrouble.None;
    private int _attempts;
    private bool _givesUp;

    public TargetPump(DeliveryTarget target, TargetOutbox outbox, ISink sink, PumpTuning tuning, DeliveryMetrics metrics, MonotonicClock clock, ILogger logger)
    {
        (Target, Outbox, _sink, _tuning, _metrics, _clock, _logger) = (target, outbox, sink, tuning, metrics, clock, logger);
        _loop = Task.Run(() => RunAsync(_stopping.Token));
    }

    public DeliveryTarget Target { get; }

    public TargetOutbox Outbox { get; }

    /// <summary>What went wrong since it last took something; for whoever looks.</summary>
    public PumpTrouble LastTrouble => _trouble;

    /// <summary>Whether its last message went to the disk; for whoever adds.</summary>
    public bool IsOnDisk { get; set; } = true;

    /// <summary>Stops sending; what waits stays on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        await _sink.DisposeAsync();
        Outbox.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                if (Outbox.Peek() is { } message)
                {
                    await HandleAsync(message, stopping);
                }
                else if (!await Outbox.WaitAsync(IdlePeriod, stopping))
                {
                    await AttemptAsync(async token =>
                    {
                        await _sink.IdleAsync(token);
                        return SendResult.Delivered;
                    }, stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task HandleAsync(OutboxMessage message, CancellationToken stopping)
    {
        if (_clock.Now - message.WaitsSince > _tuning.MaxAge)
        {
            GiveUp(message);
            return;
        }

        var result = await AttemptAsync(token => _sink.SendAsync(message, token), stopping);
        switch (result.Outcome)
        {
            case SendOutcome.Delivered:
                Outbox.Remove(message);
                _metrics.Delivered(Target.Type);
                _givesUp = false;
                if (_attempts > 0)
                {
                    LogBack(Target.Type, Target.Identity, _attempts);
                }

                _attempts = 0;
                _trouble = PumpTrouble.None;
                break;
            case SendOutcome.Refused:
                Outbox.Remove(message);
                _metrics.Ended(Target.Type, "refused");
                if (!_trouble.Refused)
                {
                    LogRefused(Target.Type, Target.Identity, message.DedupeKey, result.Reason);
                }

                _attempts = 0;
                _trouble = new PumpTrouble(_trouble.Attempts + 1, Refused: true, result.Reason);
                break;
            default:
                _metrics.Ended(Target.Type, "failed");
                if (_attempts == 0)
                {
                    LogFailed(Target.Type, Target.Identity, result.Reason);
                }

                _trouble = new PumpTrouble(_trouble.Attempts + 1, Refused: false, result.Reason);
                var pause = Backoff.Delay(_attempts++, _tuning.RetryMin, _tuning.RetryMax, Random.Shared.NextDouble());
                await Task.Delay(result.RetryAfter > pause ? result.RetryAfter.Value : pause, _clock.Provider, stopping);
                break;
        }
    }

    private void GiveUp(OutboxMessage message)
    {
        Outbox.Remove(message);
        _metrics.Ended(Target.Type, "expired");
        if (!_givesUp)
        {
            LogExpired(Target.Type, Target.Identity, message.DedupeKey, _tuning.MaxAge.TotalHours);
        }

        _givesUp = true;
    }

    private async Task<SendResult> AttemptAsync(Func<CancellationToken, Task<SendResult>> attempt, CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(_tuning.Timeout);
        try
        {
            return await attempt(patience.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new SendResult(SendOutcome.Failed, "no answer in time");
        }
#pragma warning disable CA1031 // Whatever goes wrong on the way out is a reason to try again, never to stop trying.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return new SendResult(SendOutcome.Failed, ReasonOf(e));
        }
    }

    // Messages of HTTP exceptions name the host; the innermost says what happened.
    private static string ReasonOf(Exception exception) => exception.GetBaseException() is var inner && inner is IOException or System.Net.Sockets.SocketException
        ? inner.Message
        : inner.GetType().Name;

    [LoggerMessage(EventName = "DeliveryFailed", Level = LogLevel.Warning, Message = "A {Sink} target ({Target}) cannot be reached: {Reason}. What waits for it is kept and tried again.")]
    private partial void LogFailed(string sink, string target, string? reason);

    [LoggerMessage(EventName = "DeliveryBack", Level = LogLevel.Information, Message = "A {Sink} target ({Target}) is back after {Attempts} attempts.")]
    private partial void LogBack(string sink, string target, int attempts);

    [LoggerMessage(EventName = "DeliveryExpired", Level = LogLevel.Error, Message = "Messages for a {Sink} target ({Target}) are given up after {Hours} h, from {DedupeKey} on.")]
    private partial void LogExpired(string sink, string target, string dedupeKey, double hours);

    [LoggerMessage(EventName = "DeliveryRefused", Level = LogLevel.Warning, Message = "A {Sink} target ({Target}) refuses {DedupeKey}: {Reason}. It is given up; further ones that it refuses are counted.")]
    private partial void LogRefused(string sink, string target, string dedupeKey, string? reason);
}
