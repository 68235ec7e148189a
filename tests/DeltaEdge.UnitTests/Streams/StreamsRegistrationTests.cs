using System.Diagnostics.Metrics;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.Streams.Observing;
using DeltaEdge.Streams.Registry;
using DeltaEdge.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Streams;

/// <summary>AddStreams, its options, the registry's rules and the gauges.</summary>
public sealed class StreamsRegistrationTests : IFrameSink
{
    private readonly SeenStates _seen = new();

    [Fact]
    public async Task Container_BuildsAndDefaultsAreValid()
    {
        await using var services = Build([]);
        Assert.Equal(64, services.GetRequiredService<IOptions<StreamsOptions>>().Value.MaxStreams);
        Assert.Empty(services.GetRequiredService<IOptions<StreamsOptions>>().Value.AllowedDirectories);
    }

    [Theory]
    [InlineData("MaxStreams", "0")]
    [InlineData("MaxInFlight", "3")]
    [InlineData("ImageSize", "1")]
    [InlineData("FfmpegPath", "")]
    [InlineData("ReconnectMaxSeconds", "0.5")]
    [InlineData("AllowedDirectories:0", " ")]
    public async Task BadOption_IsNamed(string key, string value)
    {
        await using var services = Build(new() { [$"{StreamsOptions.SectionName}:{key}"] = value });
        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<StreamsOptions>>().Value);
        Assert.Contains(key.Split(':')[0], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registry_RefusesDuplicatesAndOneTooMany()
    {
        await using var services = Build(new() { [$"{StreamsOptions.SectionName}:MaxStreams"] = "2" });
        var registry = services.GetRequiredService<StreamRegistry>();
        Assert.Null(registry.Add(Spec("b")).Error);
        Assert.Equal((409, "resource_in_use"), (registry.Add(Spec("b")).Error?.Status, registry.Add(Spec("b")).Error?.Code));
        Assert.Null(registry.Add(Spec("a")).Error);
        Assert.Equal((503, "server_overloaded"), (registry.Add(Spec("c")).Error?.Status, registry.Add(Spec("c")).Error?.Code));
        Assert.Equal(["a", "b"], registry.All.Select(c => c.Spec.Id));
        Assert.True(await registry.RemoveAsync("a"));
        Assert.Equal(["a"], _seen.Removed);
        Assert.Null(registry.Find("a"));
        Assert.Null(registry.Add(Spec("c")).Error);
        Assert.Equal(404, registry.Update(Spec("nobody")).Error?.Status);
        Assert.Equal(5, registry.Update(Spec("b") with { Fps = 5 }).Value?.Spec.Fps);
    }

    [Fact]
    public async Task StoppedRegistry_TakesNoMore()
    {
        await using var services = Build([]);
        var registry = services.GetRequiredService<StreamRegistry>();
        registry.Add(Spec("a"));
        await registry.StopAsync();
        Assert.Empty(registry.All);
        Assert.Equal(503, registry.Add(Spec("b")).Error?.Status);
    }

    [Fact]
    public async Task Gauges_ShowEveryStream()
    {
        await using var services = Build([]);
        services.GetRequiredService<StreamRegistry>().Add(Spec("a"));
        foreach (var hosted in services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }

        var seen = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((i, v, _, _) => seen.Add($"{i.Name}={v}"));
        listener.SetMeasurementEventCallback<long>((i, _, _, _) => seen.Add(i.Name));
        listener.SetMeasurementEventCallback<double>((i, _, _, _) => seen.Add(i.Name));
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.Contains($"{InstrumentNames.StreamState}=1", seen);
        Assert.Contains(InstrumentNames.StreamReconnectsTotal, seen);
        Assert.Contains(InstrumentNames.StreamFps, seen);
    }

    public ValueTask<bool> OnFrameAsync(StreamSpec spec, CapturedFrame frame, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    private static StreamSpec Spec(string id) => new()
    {
        Id = id,
        Source = "rtsp://cam/1",
        Questions = [new StreamQuestion("q1", "Is it?", QuestionKind.YesNo)],
        Fps = 2,
        SlaClass = "default",
        DeadlineMs = 500,
        Range = BudgetRange.Whole(TokenLadder.Default),
    };

    private ServiceProvider Build(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging();
        services.AddSingleton<IFrameSink>(this);
        services.AddSingleton<IFrameSourceFactory>(s => new ScriptedSources(s.GetRequiredService<MonotonicClock>()));
        services.AddFabric(new ConfigurationBuilder().Build());
        services.AddStreams();
        services.AddSingleton<IStreamObserver>(_seen);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
