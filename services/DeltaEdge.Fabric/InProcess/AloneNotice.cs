using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Fabric.InProcess;

/// <summary>Says at the start of a host that has shared state to itself that no other process will find it: whoever starts a gateway and a worker on their own means them to.</summary>
internal sealed partial class AloneNotice(ILogger<AloneNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogAlone($"{FabricOptions.SectionName}:{nameof(FabricOptions.Mode)}", nameof(FabricMode.Redis), $"{FabricOptions.SectionName}:{nameof(FabricOptions.ConnectionString)}");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventName = "SharedStateAlone", Level = LogLevel.Warning, Message = "Shared state is in this process: no other gateway, worker or controller finds it. For a fleet set {Mode} to {Redis}, and {ConnectionString}.")]
    private partial void LogAlone(string mode, string redis, string connectionString);
}
