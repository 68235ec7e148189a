using System.Diagnostics.Metrics;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Telemetry;
using DeltaEdge.Telemetry.Prometheus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeltaEdge.ComponentTests.Telemetry;

/// <summary>What Prometheus' own checker says of our text, where it is installed.</summary>
public sealed class PromtoolTests
{
    [Fact]
    public Task EveryKindOfInstrument_PassesPrometheusOwnCheck() => Promtool.PassesAsync(Sample(), "check", "metrics");

    private static string Sample()
    {
        using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddDeltaEdgeTelemetry().BuildServiceProvider();
        var registry = services.GetRequiredService<PrometheusRegistry>();
        var meter = services.GetRequiredService<IMeterFactory>().Create(InstrumentNames.Meter);
        var sla = new KeyValuePair<string, object?>(TagNames.SlaClass, "a \"quoted\"\\ class\nof two lines");
        meter.CreateCounter<long>(InstrumentNames.FramesTotal, "{frame}", "Frames by outcome.").Add(3, sla, new(TagNames.Outcome, "on_time"));
        meter.CreateHistogram<double>(InstrumentNames.FrameLatencySeconds, "s", "Latency by stage.").Record(0.21, sla, new(TagNames.Stage, "encode"));
        meter.CreateUpDownCounter<int>(InstrumentNames.RequestsRunning, "{request}", "Requests running.").Add(1);
        meter.CreateObservableGauge(InstrumentNames.StreamFps, () => 4.5, "{frame}/s", "Frames per second.");
        return registry.Scrape();
    }
}
