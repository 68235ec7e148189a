using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using DeltaEdge.Core.Access;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.InProcess;
using DeltaEdge.Fabric.Keys;
using DeltaEdge.Gateway.Access;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Worker.Hosting;
using DeltaEdge.Worker.Serving;
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

    private EmbeddedSystem(ServiceProvider shared, WebApplication worker, WebApplication controller, WebApplication gateway, DemoLoad load, string key) =>
        (_shared, _worker, _controller, _gateway, _load, Key) = (shared, worker, controller, gateway, load, key);

    /// <summary>Base address of the gateway, as this machine reaches it.</summary>
    public Uri Gateway { get; private set; } = null!;

    public IVisionEngine Engine => _worker.Services.GetRequiredService<ModelInForce>().Current.Engine;

    public SlaCatalog Sla => _worker.Services.GetRequiredService<SlaCatalog>();

    public MonotonicClock Clock => _shared.GetRequiredService<MonotonicClock>();

    /// <summary>A key of this run, for whoever started it; the gateway knows it beside those that are kept.</summary>
    public string Key { get; }

    /// <summary>Whether the gateway asks for keys, as it does where others can reach it.</summary>
    public bool KeysAreRequired => _gateway.Services.GetRequiredService<KeyRequirement>().IsRequired;

    public static async Task<EmbeddedSystem> StartAsync(EmbeddedOptions options, CancellationToken cancellationToken)
    {
        var shared = new ServiceCollection().AddMetrics().AddDeltaEdgeClock().BuildServiceProvider();
        var clock = shared.GetRequiredService<MonotonicClock>();
        var fabric = new InProcessFabric(clock);
        KeyValuePair<string, string?>[] own =
        [
            new($"{FabricOptions.SectionName}:{nameof(FabricOptions.GatewaySecret)}", RandomNumberGenerator.GetHexString(64)),
            new($"{WorkerOptions.SectionName}:{nameof(WorkerOptions.ModelPath)}", options.Model),
        ];

        WebApplicationBuilder NewBuilder(string url)
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
            builder.Configuration.AddInMemoryCollection(QuietLogs).AddInMemoryCollection(own).AddInMemoryCollection(options.Configuration);
            builder.WebHost.UseUrls(url);
            builder.Services.AddSingleton(shared.GetRequiredService<IMeterFactory>()).AddSingleton(clock).AddFabric(fabric);
            return builder;
        }

        var worker = NewBuilder("http://127.0.0.1:0").AddWorker().Build();
        var controllerBuilder = NewBuilder("http://127.0.0.1:0");
        controllerBuilder.Services.AddDeltaEdgeTelemetry().AddController();
        var controller = controllerBuilder.Build();
        var (book, key) = await OwnKeyAsync();
        var gatewayBuilder = NewBuilder($"http://{options.Host}:{options.Port}").AddGateway();
        gatewayBuilder.Services.AddSingleton(book);
        var gateway = gatewayBuilder.Build();
        var load = new DemoLoad(ModelLocation.Clips(options.Model), key, clock);
        var system = new EmbeddedSystem(shared, worker, controller, gateway, load, key);
        try
        {
            foreach (var host in (WebApplication[])[gateway, controller, worker])
            {
                host.CheckSettings();
            }

            worker.MapWorker();
            controller.MapHealth();
            gateway.MapGet("/demo/load", load.GetAsync);
            gateway.MapPut("/demo/load", context => load.PutAsync(context, system.Gateway));
            gateway.MapGateway();
            await worker.StartAsync(cancellationToken);
            await controller.StartAsync(cancellationToken);
            await gateway.StartAsync(cancellationToken);
            var listening = gateway.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            system.Gateway = new Uri(listening.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "[::1]", StringComparison.Ordinal));
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    private static async Task<(IKeyBook Book, string Key)> OwnKeyAsync()
    {
        const int Unlimited = 1_000_000;
        var (id, text) = ApiKeyText.Create();
        var book = new InProcessKeyBook();
        await book.AddAsync(new ApiKey
        {
            Id = id,
            Name = "this run",
            Hash = ApiKeyText.Hash(text),
            CreatedAt = TimeProvider.System.GetUtcNow(),
            IsAdmin = true,
            RequestsPerSecond = Unlimited,
            Burst = Unlimited,
            Concurrency = Unlimited,
        }, CancellationToken.None);
        return (book, text);
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
