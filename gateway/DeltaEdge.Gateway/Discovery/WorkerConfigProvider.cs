using DeltaEdge.Fabric.Workers;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;

namespace DeltaEdge.Gateway.Discovery;

/// <summary>Gives the proxy the workers that the Fabric knows. <see cref="WorkerDiscovery"/> is its only writer.</summary>
internal sealed class WorkerConfigProvider(IWorkerRegistry registry, IOptions<GatewayOptions> options) : IProxyConfigProvider
{
    private readonly ClusterConfig _template = WorkerCluster.Template(options.Value);
    private volatile WorkerConfig? _config;

    public WorkerConfig Current => _config ??= new(_template, registry.Known);

    public IProxyConfig GetConfig() => Current;

    /// <summary>Takes what the Fabric knows now; null if that is what the proxy has already, else the state it replaced.</summary>
    public WorkerConfig? Refresh()
    {
        var before = Current;
        var next = new WorkerConfig(_template, registry.Known);
        if (next.SameWorkersAs(before))
        {
            return null;
        }

        _config = next;
        before.Replace();
        return before;
    }
}
