using Microsoft.Extensions.Hosting;

namespace DeltaEdge.Telemetry.Health;

/// <summary>From the moment the process is told to stop it is not ready, so that no new work is sent while it drains.</summary>
internal sealed class DrainOnStop(ReadinessGate gate, IHostApplicationLifetime lifetime) : IHostedService
{
    private CancellationTokenRegistration _registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var condition = gate.Register("stopping");
        condition.SetReady();
        _registration = lifetime.ApplicationStopping.Register(() => condition.SetNotReady("The process is shutting down."));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _registration.Dispose();
        return Task.CompletedTask;
    }
}
