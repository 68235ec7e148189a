using Microsoft.Extensions.Hosting;

namespace DeltaEdge.Telemetry.Startup;

/// <summary>Makes a singleton that nobody asks for, when the host starts.</summary>
internal sealed class StartedWithHost<T>(T singleton) : IHostedService
    where T : class
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = singleton;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
