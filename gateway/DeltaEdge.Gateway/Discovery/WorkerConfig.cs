using System.Collections.Frozen;
using DeltaEdge.Core.Planning;
using DeltaEdge.Fabric.Workers;
using DeltaEdge.Gateway.Routing;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;

namespace DeltaEdge.Gateway.Discovery;

/// <summary>One state of the proxy: fixed routes, and the workers there are.</summary>
internal sealed class WorkerConfig : IProxyConfig
{
    private readonly Action _replace;

    /// <param name="template">Everything about the cluster but its destinations.</param>
    /// <param name="workers">Whom to forward to. Draining workers are among them: their streams are still theirs.</param>
    public WorkerConfig(ClusterConfig template, IEnumerable<WorkerReport> workers)
    {
        Addresses = workers
            .Where(w => WorkerAddress.TryParse(w.Address, out _))
            .DistinctBy(w => w.WorkerId, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(w => w.WorkerId, w => w.Address, StringComparer.OrdinalIgnoreCase);
        Clusters = [template with { Destinations = Addresses.ToDictionary(a => a.Key, a => new DestinationConfig { Address = a.Value }, StringComparer.OrdinalIgnoreCase) }];
        var replaced = new CancellationTokenSource(); // without a timer it holds nothing to dispose of
        ChangeToken = new CancellationChangeToken(replaced.Token);
        _replace = replaced.Cancel;
    }

    /// <summary>Base address by worker id.</summary>
    public FrozenDictionary<string, string> Addresses { get; }

    public IReadOnlyList<RouteConfig> Routes => ProxyRoutes.All;

    public IReadOnlyList<ClusterConfig> Clusters { get; }

    public IChangeToken ChangeToken { get; }

    /// <summary>Whether going from one to the other would change nothing for the proxy.</summary>
    public bool SameWorkersAs(WorkerConfig other) =>
        Addresses.Count == other.Addresses.Count
        && Addresses.All(a => other.Addresses.TryGetValue(a.Key, out var address) && address == a.Value);

    /// <summary>Tells the proxy to ask for the next one.</summary>
    public void Replace() => _replace();
}
