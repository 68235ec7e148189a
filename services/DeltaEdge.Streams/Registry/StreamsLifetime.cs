using DeltaEdge.Streams.Metrics;
using Microsoft.Extensions.Hosting;

namespace DeltaEdge.Streams.Registry;

/// <summary>Stops the streams when the host stops, before what they ask is taken down.</summary>
internal sealed class StreamsLifetime(StreamRegistry registry, StreamMetrics metrics) : IHostedService
{
    // Taking the metrics makes them exist: nothing else asks for them.
    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => registry.StopAsync();
}
