using System.Text.Json.Nodes;
using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Events;
using DeltaEdge.Core.Quality;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.InProcess;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Streams;
using DeltaEdge.Streams.Answers;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.Streams.Observing;
using DeltaEdge.Streams.Registry;
using DeltaEdge.UnitTests.Core;
using DeltaEdge.UnitTests.Core.Quality;
using DeltaEdge.UnitTests.Streams;
using DeltaEdge.UnitTests.Time;
using DeltaEdge.UnitTests.Worker.Quality;
using DeltaEdge.Worker.Hosting;
using DeltaEdge.Worker.Placement;
using DeltaEdge.Worker.Quality;
using DeltaEdge.Worker.Serving;
using DeltaEdge.Worker.StreamApi;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Worker.Placement;

/// <summary>What worker w1 places its streams with, on a clock that stands, over shared state that can be made to throw; w2 is only talked of.</summary>
internal sealed class PlacementWorld : IAsyncDisposable, IFrameSink, IStreamObserver
{
    public const string Self = "w1";

    private readonly ManualTimeProvider _time = new();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(20));
    private readonly ServiceProvider _services;
    private readonly PlacementLoop _loop;

    public PlacementWorld(int maxStreams = 64)
    {
        var clock = new MonotonicClock(_time);
        Sources = new ScriptedSources(clock);
        Fabric = new InProcessFabric(clock, new() { ReportTtlMs = 86_400_000 });
        (Catalog, Directory) = (new FaultyCatalog(Fabric.Catalog), new FaultyDirectory(Fabric));
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(clock)
            .AddSingleton<IFrameSink>(this)
            .AddSingleton<IFrameSourceFactory>(Sources)
            .AddFabric(Fabric)
            .AddStreams()
            .AddSingleton<IStreamObserver>(this)
            .Configure<StreamsOptions>(o => o.MaxStreams = maxStreams)
            .BuildServiceProvider();
        var book = Curves.Book();
        var models = new ModelInForce(new ServedModel(new FakeEngine(), book, new ProbeReservoir(TokenLadder.Default, book, new QualityOptions()), Self));
        Keeper = new StreamKeeper(
            Registry, Logs, _services.GetRequiredService<StreamObservers>(), new StreamSpecParser(SlaCatalog.Default, TokenLadder.Default), new StreamQuality(models), clock,
            NullLogger<StreamKeeper>.Instance);
        _loop = new PlacementLoop(
            Keeper, Logs, Catalog, Directory, Fabric, Fabric, new DrainState(), new WorkerIdentity(new WorkerOptions { Id = Self }),
            Options.Create(new PlacementOptions()), clock, NullLogger<PlacementLoop>.Instance);
    }

    public InProcessFabric Fabric { get; }

    public ScriptedSources Sources { get; }

    /// <summary>What every ask waits for.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    public int Asked { get; private set; }

    public int Answered { get; private set; }

    public FaultyCatalog Catalog { get; }

    public FaultyDirectory Directory { get; }

    public StreamKeeper Keeper { get; }

    public StreamRegistry Registry => _services.GetRequiredService<StreamRegistry>();

    public StreamLogs Logs => _services.GetRequiredService<StreamLogs>();

    /// <summary>Ids of the streams that run here.</summary>
    public IEnumerable<string> Running => Registry.All.Select(c => c.Spec.Id);

    /// <summary>Ids of the streams that this worker was told it takes over, and whether each ran by then.</summary>
    public List<(string Id, bool Ran)> TakenOver { get; } = [];

    public static StreamRecord Record(string id, double fps = 2, bool isPaused = false, long revision = 1, string source = "rtsp://cam/1") => new(
        id, new JsonObject { ["id"] = id, ["source"] = source, ["questions"] = new JsonArray("Is it?"), ["fps"] = fps }.ToJsonString(), isPaused, null, revision);

    /// <summary>Makes the worker known, and starts the loop.</summary>
    public async Task StartAsync()
    {
        await HelloAsync();
        await _loop.StartAsync(CancellationToken.None);
    }

    public async Task HelloAsync() => await Fabric.PublishAsync(Reports.Worker(Self) with { MaxStreams = 64 }, CancellationToken.None);

    public async Task AddAsync(params IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            await Fabric.Catalog.AddAsync(Record(id), CancellationToken.None);
        }
    }

    public async Task<StreamOwner> ClaimAsync(string id, string worker = Self) => (await Fabric.ClaimAsync(id, worker, CancellationToken.None)).Owner!;

    /// <summary>Looks until it is so, however often the loop must look for that.</summary>
    public async Task UntilAsync(Func<bool> isSo, string what)
    {
        while (!isSo())
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
            Assert.False(_patience.IsCancellationRequested, $"Not within 20 s: {what}. Running are {string.Join(", ", Running)}.");
        }
    }

    public async ValueTask<bool> OnFrameAsync(StreamSpec spec, CapturedFrame frame, CancellationToken cancellationToken)
    {
        Asked++;
        await Hold.WaitAsync(cancellationToken);
        Answered++;
        return true;
    }

    public Task OnTakenOverAsync(StreamSpec spec, CancellationToken cancellationToken)
    {
        TakenOver.Add((spec.Id, Running.Contains(spec.Id)));
        return Task.CompletedTask;
    }

    public void OnAnswer(StreamSpec spec, StreamAnswer answer, CapturedFrame frame)
    {
    }

    public void OnState(StreamSpec spec, StateChange change, DateTimeOffset at)
    {
    }

    public async ValueTask DisposeAsync()
    {
        await _loop.StopAsync(CancellationToken.None);
        _loop.Dispose();
        await _services.DisposeAsync();
        Keeper.Dispose();
        _patience.Dispose();
    }
}
