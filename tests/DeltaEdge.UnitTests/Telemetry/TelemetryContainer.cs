using System.Diagnostics.Metrics;
using DeltaEdge.Telemetry;
using DeltaEdge.Telemetry.Prometheus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeltaEdge.UnitTests.Telemetry;

/// <summary>A container with telemetry in it, as each host has one, and its meter.</summary>
internal sealed class TelemetryContainer : IDisposable
{
    private readonly ServiceProvider _services;

    public TelemetryContainer(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        _services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddDeltaEdgeTelemetry()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = false, ValidateScopes = true });
        Registry = _services.GetRequiredService<PrometheusRegistry>();
        Meter = _services.GetRequiredService<IMeterFactory>().Create(InstrumentNames.Meter);
    }

    public PrometheusRegistry Registry { get; }

    public Meter Meter { get; }

    public IServiceProvider Services => _services;

    public Exposition Scrape() => Exposition.Parse(Registry.Scrape());

    public void Dispose() => _services.Dispose();
}
