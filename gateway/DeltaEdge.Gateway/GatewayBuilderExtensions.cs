using DeltaEdge.Core.Routing;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Workers;
using DeltaEdge.Gateway;
using DeltaEdge.Gateway.Access;
using DeltaEdge.Gateway.Discovery;
using DeltaEdge.Gateway.Metrics;
using DeltaEdge.Gateway.Readers;
using DeltaEdge.Gateway.Retries;
using DeltaEdge.Gateway.Routing;
using DeltaEdge.Gateway.Status;
using DeltaEdge.Gateway.Streams;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Transforms;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Everything the gateway is made of.</summary>
public static class GatewayBuilderExtensions
{
    private static readonly (string Category, LogLevel Level)[] ProxyLogs =
    [
        ("Microsoft.AspNetCore.DataProtection", LogLevel.Error), // Its keys are ephemeral on purpose; it warns of that at each start.
        ("Yarp", LogLevel.Warning),
        ("Yarp.ReverseProxy.Forwarder", LogLevel.Error),
        ("Yarp.ReverseProxy.Health.ActiveHealthCheckMonitor", LogLevel.Error),
    ];

    /// <summary>Adds the gateway to a host. A Fabric and a metrics registry that were registered before are used, so that several hosts can share them.</summary>
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<GatewayOptions, GatewayOptionsValidator>().BindConfiguration(GatewayOptions.SectionName);
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsCrossValidator>();
        services.AddDeltaEdgeTelemetry();
        services.AddOtlpTraces();
        services.AddSettings<GatewayOptions>(GatewayOptions.SectionName);
        if (!services.Any(s => s.ServiceType == typeof(IWorkerRegistry)))
        {
            services.AddFabric(builder.Configuration);
        }

        services.AddKeyBook(builder.Configuration);
        AddEdge(services);
        AddAccess(services);
        AddProxy(services);
        AddHealth(services);
        AddOwnEndpoints(services);
        services.AddQuietLogs(ProxyLogs);
        return builder;
    }

    private static void AddEdge(IServiceCollection services)
    {
        services.AddSingleton<GatewayMetrics>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<GatewayOptions>>((kestrel, gateway) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = gateway.Value.MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = gateway.Value.MaxConnections == 0 ? null : gateway.Value.MaxConnections;
            kestrel.Limits.MaxRequestHeadersTotalSize = gateway.Value.MaxHeaderBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(gateway.Value.HeaderTimeoutSeconds);
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(gateway.Value.MinBodyBytesPerSecond, TimeSpan.FromSeconds(5));
        });
    }

    private static void AddAccess(IServiceCollection services)
    {
        services.AddSingleton<KeyRequirement>();
        services.AddHostedService(sp => sp.GetRequiredService<KeyRequirement>());
        services.AddSingleton<Authenticator>();
        services.AddSingleton<AttemptLimit>();
        services.AddSingleton<KeyLimits>();
    }

    private static void AddProxy(IServiceCollection services)
    {
        services.AddReverseProxy().AddTransforms(transforms => transforms.AddResponseTransform(WorkerRefusal.HoldBackAsync));

        // YARP brings data protection for session affinity, which is not used here: its keys need not outlive the process, nor touch the disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddSingleton<AskLedger>();
        services.AddSingleton<KeptMemory>();
        services.AddSingleton<ILoadBalancingPolicy, PredictedCompletionPolicy>();
        services.AddSingleton<WorkerConfigProvider>();
        services.AddSingleton<IProxyConfigProvider>(sp => sp.GetRequiredService<WorkerConfigProvider>());
        services.Replace(ServiceDescriptor.Singleton<IForwarderHttpClientFactory, WorkerHttpClientFactory>());
        services.AddHostedService<WorkerDiscovery>();
    }

    private static void AddHealth(IServiceCollection services) =>
        services.AddOptions<TransportFailureRateHealthPolicyOptions>().Configure<IOptions<GatewayOptions>>((policy, gateway) =>
        {
            policy.DetectionWindowSize = TimeSpan.FromSeconds(gateway.Value.FailureWindowSeconds);
            policy.MinimalTotalCountThreshold = gateway.Value.FailureMinRequests;
        });

    private static void AddOwnEndpoints(IServiceCollection services)
    {
        services.AddHttpClient(StreamListEndpoint.ClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
            .AddHttpMessageHandler(sp => new GatewaySecretHandler(sp.GetRequiredService<IOptions<FabricOptions>>().Value.GatewaySecret));
        services.AddSingleton<CatalogView>();
        services.AddSingleton<StreamListEndpoint>();
        services.AddSingleton<ReaderSeats>();
        services.AddSingleton<LogFollower>();
        services.AddSingleton<LogPager>();
        services.AddSingleton<EventReader>();
        services.AddSingleton<SocketReader>();
        services.AddSingleton<LogEndpoint>();
        services.AddSingleton<StatusEndpoint>();
        services.AddHostedService<FirstSight>();
    }
}
