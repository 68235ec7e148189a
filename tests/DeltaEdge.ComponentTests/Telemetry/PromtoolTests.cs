using System.Diagnostics;
using System.Diagnostics.Metrics;
using DeltaEdge.Telemetry;
using DeltaEdge.Telemetry.Prometheus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeltaEdge.ComponentTests.Telemetry;

/// <summary>What Prometheus' own checker says of our text, where it is installed.</summary>
public sealed class PromtoolTests
{
    [Fact]
    public async Task EveryKindOfInstrument_PassesPrometheusOwnCheck()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(d => File.Exists(Path.Combine(d, "promtool")));
        Assert.SkipUnless(onPath, "promtool is not installed (Debian package prometheus).");

        using var process = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.StandardInput.WriteAsync(Sample());
        process.StandardInput.Close();
        var complaints = await process.StandardError.ReadToEndAsync() + await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, complaints);
    }

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
