using DeltaEdge.Core.Time;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Worker.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Cli.Ask;

/// <summary>An engine in this process with nothing around it: no server, no shared state.</summary>
internal sealed class LocalEngine : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LocalEngine(ServiceProvider services) => (_services, Engine, Clock) = (services, services.GetRequiredService<IVisionEngine>(), services.GetRequiredService<MonotonicClock>());

    public IVisionEngine Engine { get; }

    public MonotonicClock Clock { get; }

    /// <param name="model">Folder of the model package, or null for the one that ships.</param>
    public static LocalEngine Start(string? model)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        services.AddLogging(logging => logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning));
        services.AddDeltaEdgeClock();
        services.AddSingleton(ModelLoader.Load(model));
        services.AddVisionEngine();
        return new LocalEngine(services.BuildServiceProvider());
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
