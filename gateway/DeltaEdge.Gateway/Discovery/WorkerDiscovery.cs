using System.Threading.Channels;
using DeltaEdge.Core.Routing;
using DeltaEdge.Fabric.Workers;
using DeltaEdge.Gateway.Routing;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.Gateway.Discovery;

/// <summary>Follows the worker registry. The registry's callback only rings a bell, because it runs where a heartbeat arrived.</summary>
/// <remarks>A heartbeat that fails to come rings nothing by itself, so there is a look every now and then as well.</remarks>
internal sealed partial class WorkerDiscovery(IWorkerRegistry registry, WorkerConfigProvider provider, AskLedger ledger, TimeProvider time, ILogger<WorkerDiscovery> logger) : BackgroundService
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(250);

    // One pending bell says all there is to say: whatever rings while it is pending will be seen by the same look.
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
        SingleReader = true,
        SingleWriter = false,
        AllowSynchronousContinuations = false,
    });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = ChangeToken.OnChange(registry.MembershipChanged, () => _bell.Writer.TryWrite(true));
        await using var timer = time.CreateTimer(_ => _bell.Writer.TryWrite(true), null, TimeSpan.Zero, LookPeriod);
        await foreach (var _ in _bell.Reader.ReadAllAsync(stoppingToken))
        {
            if (provider.Refresh() is { } before)
            {
                ledger.Retain(provider.Current.Addresses.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase));
                LogChanges(before, provider.Current);
            }
        }
    }

    private void LogChanges(WorkerConfig before, WorkerConfig after)
    {
        foreach (var (id, address) in after.Addresses)
        {
            if (!before.Addresses.TryGetValue(id, out var known))
            {
                LogWorkerJoined(id, address);
            }
            else if (known != address)
            {
                LogWorkerMoved(id, known, address);
            }
        }

        foreach (var id in before.Addresses.Keys.Where(id => !after.Addresses.ContainsKey(id)))
        {
            LogWorkerLeft(id);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Worker {Worker} joined at {Address}", EventName = "WorkerJoined")]
    private partial void LogWorkerJoined(string worker, string address);

    [LoggerMessage(2, LogLevel.Information, "Worker {Worker} moved from {Before} to {Address}", EventName = "WorkerMoved")]
    private partial void LogWorkerMoved(string worker, string before, string address);

    [LoggerMessage(3, LogLevel.Warning, "Worker {Worker} left", EventName = "WorkerLeft")]
    private partial void LogWorkerLeft(string worker);
}
