using System.Collections.Immutable;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Core.Time;
using DeltaEdge.Delivery.Metrics;
using DeltaEdge.Delivery.Outbox;
using DeltaEdge.Delivery.Sinks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Delivery.Pumping;

/// <summary>
/// The pumps of this worker, one per target, each with an outbox and a connection of its own: a dead target delays nobody else. Used
/// by one task; others may look.
/// </summary>
internal sealed partial class TargetPumps(
    OutboxFolder folder, SinkFactory sinks, DeliveryMetrics metrics, IOptions<DeliveryOptions> options, MonotonicClock clock, ILogger<TargetPumps> logger) : IAsyncDisposable
{
    private readonly PumpTuning _tuning = PumpTuning.Of(options.Value);
    private readonly OutboxLimits _limits = new(options.Value.MaxMessagesPerTarget, options.Value.MaxBytesPerTarget, options.Value.MaxBytesInMemory);
    private volatile ImmutableDictionary<string, TargetPump> _pumps = ImmutableDictionary<string, TargetPump>.Empty;

    public IEnumerable<TargetPump> All => _pumps.Values;

    /// <summary>Null if nothing was sent there yet, or not for long.</summary>
    public TargetPump? Find(DeliveryTarget target) => _pumps.GetValueOrDefault(target.Identity);

    /// <summary>Goes on with what an earlier process has left.</summary>
    public void Resume()
    {
        try
        {
            foreach (var path in folder.Targets())
            {
                if (TargetFile.Read(path) is { } target && target.Identity == Path.GetFileName(path))
                {
                    var pump = Start(target, () => path);
                    LogResumed(target.Type, target.Identity, pump.Outbox.Count);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNoFolder(e.Message);
        }
    }

    /// <summary>Stores a message for a target; its pump sends it.</summary>
    public async Task DeliverAsync(DeliveryTarget target, OutboxMessage message)
    {
        if (!_pumps.TryGetValue(target.Identity, out var pump))
        {
            if (_pumps.Count >= options.Value.MaxTargets && !await StopIdleAsync())
            {
                metrics.Ended(target.Type, "dropped");
                LogTooMany(options.Value.MaxTargets);
                return;
            }

            pump = Start(target, () => HomeOf(target));
        }

        var receipt = pump.Outbox.Add(message);
        metrics.Ended(target.Type, "dropped", receipt.Dropped + (receipt.Place == OutboxPlace.None ? 1 : 0));
        if (receipt.Place != OutboxPlace.None && pump.IsOnDisk != (receipt.Place == OutboxPlace.Disk))
        {
            pump.IsOnDisk = !pump.IsOnDisk;
            LogDisk(target.Type, target.Identity, pump.IsOnDisk ? "can be written again" : $"cannot be written ({pump.Outbox.DiskError}); messages wait in memory");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pump in _pumps.Values)
        {
            await StopAsync(pump);
        }

        folder.Dispose();
    }

    private TargetPump Start(DeliveryTarget target, Func<string> home)
    {
        var outbox = new TargetOutbox(home, _limits, clock, loss => Lost(target, loss));
        metrics.Ended(target.Type, "torn", outbox.Torn);
        var pump = new TargetPump(target, outbox, sinks.Create(target), _tuning, metrics, clock, logger);
        _pumps = _pumps.Add(target.Identity, pump);
        return pump;
    }

    private void Lost(DeliveryTarget target, OutboxLoss loss)
    {
        metrics.Ended(target.Type, "unreadable");
        if (loss.IsFirst)
        {
            LogLost(loss.File, target.Type, target.Identity, loss.Reason);
        }
    }

    /// <summary>A folder with the target in it: without that the next start would not know where its messages go.</summary>
    private string HomeOf(DeliveryTarget target)
    {
        var path = folder.Of(target.Identity);
        TargetFile.Write(path, target);
        return path;
    }

    private async Task<bool> StopIdleAsync()
    {
        var idle = _pumps.Values.FirstOrDefault(p => p.Outbox.Count == 0);
        if (idle is null)
        {
            return false;
        }

        await StopAsync(idle);
        return true;
    }

    private async Task StopAsync(TargetPump pump)
    {
        var isEmpty = pump.Outbox.Count == 0;
        _pumps = _pumps.Remove(pump.Target.Identity);
        await pump.DisposeAsync();
        if (isEmpty)
        {
            folder.Forget(pump.Target.Identity);
        }
    }

    [LoggerMessage(EventName = "DeliveryResumed", Level = LogLevel.Information, Message = "{Count} messages wait for a {Sink} target ({Target}) since an earlier run.")]
    private partial void LogResumed(string sink, string target, int count);

    [LoggerMessage(EventName = "OutboxFolderUnusable", Level = LogLevel.Error, Message = "The outbox's folder cannot be used: {Reason}. What an earlier run may have left in it waits for the next start.")]
    private partial void LogNoFolder(string reason);

    [LoggerMessage(EventName = "OutboxSegmentLost", Level = LogLevel.Error, Message = "{File} in the outbox of a {Sink} target ({Target}) cannot be read: {Reason}. It is set aside; what else waits goes on.")]
    private partial void LogLost(string file, string sink, string target, string reason);

    [LoggerMessage(EventName = "OutboxDisk", Level = LogLevel.Warning, Message = "The outbox of a {Sink} target ({Target}) {State}.")]
    private partial void LogDisk(string sink, string target, string state);

    [LoggerMessage(EventName = "TooManyTargets", Level = LogLevel.Error, Message = "No more than {Max} targets: a message is dropped.")]
    private partial void LogTooMany(int max);
}
