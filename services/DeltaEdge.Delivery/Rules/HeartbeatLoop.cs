using DeltaEdge.Delivery.Metrics;
using DeltaEdge.Streams.Registry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Delivery.Rules;

/// <summary>Makes the heartbeat events of all streams that have rules or targets.</summary>
internal sealed class HeartbeatLoop(StreamRegistry streams, RuleObserver observer, DeliveryMetrics metrics, IOptions<DeliveryOptions> options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.HeartbeatSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var camera in streams.All.Where(c => !c.Spec.Rules.IsEmpty || !c.Spec.Deliver.IsEmpty))
            {
                observer.Beat(camera.Spec, camera.State, time.GetUtcNow());
            }

            metrics.HeartbeatsMade();
        }
    }
}
