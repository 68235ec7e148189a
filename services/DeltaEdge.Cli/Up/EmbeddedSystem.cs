using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.InProcess;
using DeltaEdge.Inference.Asking;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace DeltaEdge.Cli.Up;

/// <summary>
/// Worker, controller and gateway in this process: three web applications that share one Fabric, one clock and one meter factory.
/// The gateway still reaches the worker over loopback HTTP, as it would reach any other.
/// </summary>
internal sealed class EmbeddedSystem : IAsyncDisposable
{
    /// <summary>A failed start is thrown to the caller, who says it in one line; the host need not log it as well.</summary>
    private static readonly KeyValuePair<string, string?>[] QuietLogs =
    [
        new("Logging:LogLevel:Default", "Warning"),
        new("Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host", "None"),
    ];

    private readonly WebApplication _worker;
    private readonly WebApplication _controller;
    private readonly WebApplication _gateway;
    private readonly ServiceProvider _shared;
    private readonly DemoLoad _load;

    private EmbeddedSystem(ServiceProvider shared, WebApplication worker, WebApplication controller, WebApplication gateway, DemoLoad load) =>
        (_shared, _worker, _controller, _gateway, _load) = (shared, worker, controller, gateway, load);

    /// <summary>Base address of the gateway.</summary>
    public Uri Gateway { get; private set; } = null!;

    public IVisionEngine Engine => _worker.Services.GetRequiredService<IVisionEngine>();

    public SlaCatalog Sla => _worker.Services.GetRequiredService<SlaCatalog>();

    public MonotonicClock Clock => _shared.GetRequiredService<MonotonicClock>();

    public static async Task<EmbeddedSystem> StartAsync(EmbeddedOptions options, CancellationToken cancellationToken)
    {
        var shared = new ServiceCollection().AddMetrics().AddDeltaEdgeClock().BuildServiceProvider();
        var clock = shared.GetRequiredService<MonotonicClock>();
        var fabric = new InProcessFabric(clock);
        KeyValuePair<string, string?>[] secret = [new($"{FabricOptions.SectionName}:{nameof(FabricOptions.GatewaySecret)}", RandomNumberGenerator.GetHexString(64))];

        WebApplicationBuilder NewBuilder(string url)
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
            builder.Configuration.AddInMemoryCollection(QuietLogs).AddInMemoryCollection(secret).AddInMemoryCollection(options.Configuration);
            builder.WebHost.UseUrls(url);
            builder.Services.AddSingleton(shared.GetRequiredService<IMeterFactory>()).AddSingleton(clock).AddFabric(fabric);
            return builder;
        }

        var worker = NewBuilder("http://127.0.0.1:0").AddWorker().Build();
        var controllerBuilder = NewBuilder("http://127.0.0.1:0");
        controllerBuilder.Services.AddDeltaEdgeTelemetry().AddController();
        var controller = controllerBuilder.Build();
        var gateway = NewBuilder($"http://{options.Host}:{options.Port}").AddGateway().Build();
        var load = new DemoLoad(DeltaEdge.Worker.Hosting.ModelLocation.Clips(options.Model), clock);
        var system = new EmbeddedSystem(shared, worker, controller, gateway, load);
        try
        {
            worker.MapWorker();
            controller.MapHealth();
            gateway.MapGet("/demo/load", load.GetAsync);
            gateway.MapPut("/demo/load", context => load.PutAsync(context, system.Gateway));
            gateway.MapGateway();
            await worker.StartAsync(cancellationToken);
            await controller.StartAsync(cancellationToken);
            await gateway.StartAsync(cancellationToken);
            system.Gateway = new Uri(gateway.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when the process is told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _gateway.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _load.DisposeAsync();
        foreach (var application in (WebApplication[])[_gateway, _controller, _worker])
        {
            await application.StopAsync();
            await application.DisposeAsync();
        }

        await _shared.DisposeAsync();
    }
}
