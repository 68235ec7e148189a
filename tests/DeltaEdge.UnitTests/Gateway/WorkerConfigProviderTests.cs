using DeltaEdge.Gateway;
using DeltaEdge.Gateway.Discovery;
using DeltaEdge.Gateway.Routing;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Gateway;

public sealed class WorkerConfigProviderTests
{
    [Fact]
    public void NothingChanged_ProxyIsLeftAlone()
    {
        var (registry, provider) = Create();
        var config = provider.GetConfig();
        registry.Known = [Reports.Of("a", backlogSeconds: 3, sequence: 9)];

        Assert.Null(provider.Refresh());
        Assert.Same(config, provider.GetConfig());
        Assert.False(config.ChangeToken.HasChanged);
    }

    [Fact]
    public void WorkerJoins_OldConfigIsReplaced()
    {
        var (registry, provider) = Create();
        var config = provider.GetConfig();
        registry.Known = [Reports.Of("a"), Reports.Of("b")];

        Assert.Same(config, provider.Refresh());
        Assert.True(config.ChangeToken.HasChanged);
        Assert.Equal(["a", "b"], DestinationsOf(provider).Keys.Order());
    }

    [Fact]
    public void WorkerLeaves_ItIsNoDestination()
    {
        var (registry, provider) = Create();
        registry.Known = [];

        Assert.NotNull(provider.Refresh());
        Assert.Empty(DestinationsOf(provider));
    }

    [Fact]
    public void WorkerMoves_ItsAddressFollows()
    {
        var (registry, provider) = Create();
        registry.Known = [Reports.Of("a", address: "http://elsewhere:9")];

        Assert.NotNull(provider.Refresh());
        Assert.Equal("http://elsewhere:9", DestinationsOf(provider)["a"].Address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("worker-1:8080")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not an address")]
    public void AddressIsNotHttp_WorkerIsLeftOut(string address)
    {
        var (registry, provider) = Create();
        registry.Known = [Reports.Of("a"), Reports.Of("b", address: address)];

        Assert.Null(provider.Refresh());
    }

    [Fact]
    public void SameIdTwice_FirstCounts()
    {
        var (registry, provider) = Create();
        registry.Known = [Reports.Of("a"), Reports.Of("A", address: "http://other:1")];

        Assert.Null(provider.Refresh());
    }

    [Fact]
    public void Cluster_HoldsWhatTheOptionsSay()
    {
        var provider = new WorkerConfigProvider(new FakeRegistry(), Options.Create(new GatewayOptions { ActivityTimeoutSeconds = 7, ProbeIntervalMs = 1500, RoutingPolicy = "RoundRobin" }));

        var cluster = Assert.Single(provider.GetConfig().Clusters);

        Assert.Equal(ProxyRoutes.ClusterId, cluster.ClusterId);
        Assert.Equal("RoundRobin", cluster.LoadBalancingPolicy);
        Assert.Equal(new Version(1, 1), cluster.HttpRequest!.Version);
        Assert.Equal(TimeSpan.FromSeconds(7), cluster.HttpRequest.ActivityTimeout);
        Assert.Equal(TimeSpan.FromMilliseconds(1500), cluster.HealthCheck!.Active!.Interval);
    }

    [Fact]
    public void Routes_AllGoToTheWorkers() => Assert.All(ProxyRoutes.All, r => Assert.Equal(ProxyRoutes.ClusterId, r.ClusterId));

    private static (FakeRegistry Registry, WorkerConfigProvider Provider) Create()
    {
        var registry = new FakeRegistry(Reports.Of("a"));
        var provider = new WorkerConfigProvider(registry, Options.Create(new GatewayOptions()));
        provider.GetConfig();
        return (registry, provider);
    }

    private static IReadOnlyDictionary<string, Yarp.ReverseProxy.Configuration.DestinationConfig> DestinationsOf(WorkerConfigProvider provider) =>
        provider.GetConfig().Clusters[0].Destinations!;
}
