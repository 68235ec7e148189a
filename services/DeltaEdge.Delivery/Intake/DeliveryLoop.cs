using System.Text.Json;
using DeltaEdge.Delivery.Outbox;
using DeltaEdge.Delivery.Pumping;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Delivery.Intake;

/// <summary>Writes what the streams have handed over to the outboxes. When the host stops, it writes what is left, then ends the pumps.</summary>
internal sealed partial class DeliveryLoop(DeliveryQueue queue, TargetPumps pumps, ILogger<DeliveryLoop> logger) : IHostedService
{
    private Task _loop = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        pumps.Resume();
        _loop = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Complete();
        await _loop.WaitAsync(cancellationToken);
        await pumps.DisposeAsync();
    }

    private async Task RunAsync()
    {
        await foreach (var (targets, at, body) in queue.ReadAllAsync())
        {
            try
            {
                var json = JsonSerializer.SerializeToUtf8Bytes(body, DeliveryJsonContext.Default.DeliveryBody);
                foreach (var target in targets)
                {
                    await pumps.DeliverAsync(target, new OutboxMessage(0, at, body.Type, body.StreamId, body.DedupeKey, json));
                }
            }
#pragma warning disable CA1031 // One message that cannot be stored must not end the way of all others.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogFailed(body.DedupeKey, e);
            }
        }
    }

    [LoggerMessage(EventName = "DeliveryIntakeFailed", Level = LogLevel.Error, Message = "{DedupeKey} could not be put into the outbox.")]
    private partial void LogFailed(string dedupeKey, Exception exception);
}
