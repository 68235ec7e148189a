using System.Collections.Immutable;
using DeltaEdge.Core.Delivery;
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
    OutboxFolder folder, SinkFactory sinks, DeliveryMetrics metrics, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<TargetPumps> logger) : IAsyncDisposable
{
    private readonly PumpTuning _tuning = PumpTuning.Of(options.Value);
    private readonly OutboxLimits _limits = new(options.Value.MaxMessagesPerTarget, options.Value.MaxBytesPerTarget, options.Value.MaxBytesInMemory);
    private volatile ImmutableDictionary<string, TargetPump> _pumps = ImmutableDictionary<string, TargetPump>.Empty;
    private bool _onDisk = true;

    public IEnumerable<TargetPump> All => _pumps.Values;

    /// <summary>Goes on with what an earlier process has left.</summary>
    public void Resume()
    {
        try
        {
            foreach (var path in folder.Targets())
            {
                if (TargetFile.Read(path) is { } target && target.Identity == Path.GetFileName(path))
                {
                    var pump = Start(target, path);
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

            pump = Start(target, FolderOf(target));
        }

        var receipt = pump.Outbox.Add(message);
        metrics.Ended(target.Type, "dropped", receipt.Dropped + (receipt.Place == OutboxPlace.None ? 1 : 0));
        if (_onDisk != (receipt.Place != OutboxPlace.Memory))
        {
            _onDisk = !_onDisk;
            LogDisk(_onDisk ? "can be written again" : "cannot be written; messages wait in memory");
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

    private TargetPump Start(DeliveryTarget target, string path)
    {
        var outbox = new TargetOutbox(path, _limits, loss => Lost(target, loss));
        metrics.Ended(target.Type, "torn", outbox.Torn);
        var pump = new TargetPump(target, outbox, sinks.Create(target), _tuning, metrics, time, logger);
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

    /// <summary>A path that cannot be written to is as good as any: the outbox then keeps what waits in memory.</summary>
    private string FolderOf(DeliveryTarget target)
    {
        try
        {
            var path = folder.Of(target.Identity);
            TargetFile.Write(path, target);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNoFolder(e.Message);
            return Path.Combine(Path.GetPathRoot(Environment.CurrentDirectory)!, "dev", "null", target.Identity);
        }
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

    [LoggerMessage(EventName = "OutboxFolderUnusable", Level = LogLevel.Error, Message = "The outbox's folder cannot be used: {Reason}. Messages wait in memory.")]
    private partial void LogNoFolder(string reason);

    [LoggerMessage(EventName = "OutboxSegmentLost", Level = LogLevel.Error, Message = "{File} in the outbox of a {Sink} target ({Target}) cannot be read: {Reason}. It is set aside; what else waits goes on.")]
    private partial void LogLost(string file, string sink, string target, string reason);

    [LoggerMessage(EventName = "OutboxDisk", Level = LogLevel.Warning, Message = "The outbox's disk {State}.")]
    private partial void LogDisk(string state);

    [LoggerMessage(EventName = "TooManyTargets", Level = LogLevel.Error, Message = "No more than {Max} targets: a message is dropped.")]
    private partial void LogTooMany(int max);
}
