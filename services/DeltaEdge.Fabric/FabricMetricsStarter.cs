using Microsoft.Extensions.Hosting;

namespace DeltaEdge.Fabric;

/// <summary>Nobody asks for <see cref="FabricMetrics"/>; it has to be there all the same.</summary>
internal sealed class FabricMetricsStarter(FabricMetrics metrics) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = metrics;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
