using DeltaEdge.Fabric.Keys;
using DeltaEdge.Telemetry.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Gateway.Access;

/// <summary>
/// Whether requests need a key. Told nothing, a gateway asks for keys unless only this machine can reach it; until it knows where it
/// listens it asks for them.
/// </summary>
internal sealed partial class KeyRequirement(IServer server, IEnumerable<IKeyBook> books, IOptions<GatewayOptions> options, ILogger<KeyRequirement> logger) : IHostedLifecycleService
{
    public bool IsRequired { get; private set; } = options.Value.Keys is not KeyMode.Off;

    /// <summary>Whether metrics are open to all: where keys are off, and where only this machine can ask or the options say so.</summary>
    public bool MetricsAreOpen { get; private set; } = options.Value.Keys is KeyMode.Off || options.Value.OpenMetrics;

    /// <summary>Whether only this machine can reach the gateway, as far as it knows yet.</summary>
    public bool IsLoopbackOnly { get; private set; }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        IsLoopbackOnly = ListeningScope.IsLoopbackOnly(addresses);
        IsRequired = (options.Value.Keys ?? (IsLoopbackOnly ? KeyMode.Off : KeyMode.Required)) is not KeyMode.Off;
        MetricsAreOpen = !IsRequired || IsLoopbackOnly || options.Value.OpenMetrics;
        if (!IsRequired && !IsLoopbackOnly)
        {
            LogOpenToAll(string.Join(", ", addresses));
        }
        else if (IsRequired && books.All(b => b.All.IsEmpty))
        {
            LogNoKeys();
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Warning, "API keys are off, and others can reach this gateway at {Addresses}: whoever does may use it", EventName = "OpenToAll")]
    private partial void LogOpenToAll(string addresses);

    [LoggerMessage(2, LogLevel.Warning, "API keys are required and there is none yet: make one with 'deltaedge keys create'", EventName = "NoKeys")]
    private partial void LogNoKeys();
}
