using DeltaEdge.Fabric;
using DeltaEdge.Telemetry.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.Edge;

/// <summary>Ends the start of a worker that others can reach and that knows no secret to tell its gateway by.</summary>
internal sealed class SecretRequirement(IServer server, IOptions<FabricOptions> options) : IHostedLifecycleService
{
    /// <exception cref="InvalidOperationException">The worker listens beyond loopback without a secret.</exception>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return options.Value.GatewaySecret.Length > 0 || ListeningScope.IsLoopbackOnly(addresses)
            ? Task.CompletedTask
            : throw new InvalidOperationException(
                $"This worker listens on {string.Join(", ", addresses)}, where others can reach it, but {FabricOptions.SectionName}:{nameof(FabricOptions.GatewaySecret)} is not set. "
                + "Set the same secret for gateways and workers, or listen on 127.0.0.1.");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
