using DeltaEdge.Core.Planning;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.InProcess;
using DeltaEdge.Fabric.Leadership;
using DeltaEdge.Fabric.Plans;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Fabric.Workers;
using DeltaEdge.Telemetry.Prometheus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DeltaEdge.ComponentTests.Fabric;

/// <summary>One process's share of the fabric: a host with nothing else in it.</summary>
internal sealed class FabricHost : IAsyncDisposable
{
    private readonly IHost _host;

    private FabricHost(IHost host) => _host = host;

    public IWorkerRegistry Workers => _host.Services.GetRequiredService<IWorkerRegistry>();

    public IPlanBoard Plans => _host.Services.GetRequiredService<IPlanBoard>();

    public IStreamDirectory Streams => _host.Services.GetRequiredService<IStreamDirectory>();

    public ILeaderLease Lease => _host.Services.GetRequiredService<ILeaderLease>();

    public IStreamCatalog Catalog => _host.Services.GetRequiredService<IStreamCatalog>();

    public IAnswerLog Log => _host.Services.GetRequiredService<IAnswerLog>();

    public ISharedState State => _host.Services.GetRequiredService<ISharedState>();

    public string Metrics => _host.Services.GetRequiredService<PrometheusRegistry>().Scrape();

    public static Task<FabricHost> StartInProcessAsync(InProcessFabric shared) => StartAsync((services, _) => services.AddFabric(shared));

    public static Task<FabricHost> StartRedisAsync(string connectionString, string prefix, params (string Key, string Value)[] settings) =>
        StartAsync((services, configuration) => services.AddFabric(configuration), [("Mode", "Redis"), ("ConnectionString", connectionString), ("KeyPrefix", prefix), .. settings]);

    /// <summary>Publishes as the leader that every host of a test is in turn.</summary>
    public async Task<PlanReceipt> PublishPlanAsync(BudgetPlan plan) =>
        await Plans.PublishAsync(plan, await Lease.TryHoldAsync("test", default) ?? 0, default);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    /// <summary>A process whose wall clock is off.</summary>
    public static Task<FabricHost> StartRedisAsync(string connectionString, string prefix, TimeProvider time, params (string Key, string Value)[] settings) =>
        StartAsync(
            (services, configuration) => services.AddSingleton(time).AddFabric(configuration),
            [("Mode", "Redis"), ("ConnectionString", connectionString), ("KeyPrefix", prefix), .. settings]);

    private static async Task<FabricHost> StartAsync(Action<IServiceCollection, IConfiguration> addFabric, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"{FabricOptions.SectionName}:{s.Key}", (string?)s.Value)));
        builder.Services.AddLogging().AddDeltaEdgeTelemetry();
        addFabric(builder.Services, builder.Configuration);
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }
}
