using System.Net.Http.Json;
using System.Text.Json;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.Keys;
using DeltaEdge.Fabric.Leadership;
using DeltaEdge.Fabric.Plans;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Fabric.Workers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace DeltaEdge.ComponentTests.Gateway;

/// <summary>A real gateway on a free port with an in-process Fabric, and the workers a test gives it.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        // Reports are published by hand here, so none may run out by itself.
        ["DeltaEdge:Fabric:ReportTtlMs"] = "60000",
        ["DeltaEdge:Gateway:ProbeIntervalMs"] = "60000",

        // A busy machine is not what most tests are about.
        ["DeltaEdge:Gateway:AnswerGraceMs"] = "60000",
    };

    private readonly WebApplication _app;
    private readonly List<FakeWorker> _workers = [];
    private long _sequence;

    private TestGateway(WebApplication app)
    {
        _app = app;
        Http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new(app.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)), Timeout = Wait.Limit };
    }

    public HttpClient Http { get; }

    public IWorkerRegistry Registry => _app.Services.GetRequiredService<IWorkerRegistry>();

    public IStreamDirectory Directory => _app.Services.GetRequiredService<IStreamDirectory>();

    public IKeyBook Keys => _app.Services.GetRequiredService<IKeyBook>();

    public IStreamCatalog Catalog => _app.Services.GetRequiredService<IStreamCatalog>();

    public IAnswerLog Log => _app.Services.GetRequiredService<IAnswerLog>();

    /// <summary>Publishes as a leading controller does.</summary>
    public async Task PublishPlanAsync(BudgetPlan plan)
    {
        var term = await _app.Services.GetRequiredService<ILeaderLease>().TryHoldAsync("controller", CancellationToken.None);
        Assert.Equal(PlanOutcome.Published, (await _app.Services.GetRequiredService<IPlanBoard>().PublishAsync(plan, term!.Value, CancellationToken.None)).Outcome);
    }

    public static Task<TestGateway> StartAsync(params (string Key, string Value)[] settings) => StartOnAsync("http://127.0.0.1:0", settings);

    /// <param name="url">Where it listens; tests reach it over loopback in any case.</param>
    /// <param name="settings">Configuration over the defaults.</param>
    public static async Task<TestGateway> StartOnAsync(string url, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)));
        builder.AddGateway();
        builder.Services.AddSingleton<AppliedWorkers>();
        builder.Services.AddSingleton<IConfigChangeListener>(sp => sp.GetRequiredService<AppliedWorkers>());
        var app = builder.Build();
        app.MapGateway();
        await app.StartAsync();
        return new(app);
    }

    /// <summary>Starts a worker, reports it, and waits until the gateway routes to it.</summary>
    public async Task<FakeWorker> AddWorkerAsync(string id, double backlogSeconds = 0)
    {
        var worker = await FakeWorker.StartAsync(id);
        _workers.Add(worker);
        await ReportAsync(id, worker.Address, backlogSeconds);
        await RoutesToAsync([.. _workers.Select(w => w.Id)]);
        return worker;
    }

    /// <summary>A heartbeat, as its worker would send it.</summary>
    public async Task ReportAsync(string id, string address, double backlogSeconds = 0, bool draining = false, double askSeconds = 0.1) => Assert.True(
        await Registry.PublishAsync(ReportOf(id, address, Interlocked.Increment(ref _sequence), backlogSeconds, draining, askSeconds), CancellationToken.None));

    /// <summary>The report of a worker in whose place an ask takes so many seconds at any budget.</summary>
    public static WorkerReport ReportOf(string id, string address, long sequence, double backlogSeconds = 0, bool draining = false, double askSeconds = 0.1) => new()
    {
        WorkerId = id,
        Address = address,
        Model = "nano",
        Sequence = sequence,
        BacklogSeconds = backlogSeconds,
        Draining = draining,
        Profile = new LatencyProfile
        {
            Ladder = TokenLadder.Default,
            FrameSeconds = askSeconds,
            PrefixSeconds = [0, 0, 0, 0, 0, 0, 0],
            QuestionSeconds = 0,
            DecodeStepSeconds = [0],
        },
    };

    public Task RoutesToAsync(params string[] ids) => _app.Services.GetRequiredService<AppliedWorkers>().WaitAsync(ids);

    public async Task OwnAsync(string stream, string worker) => Assert.True((await Directory.ClaimAsync(stream, worker, CancellationToken.None)).Granted);

    public Task<HttpResponseMessage> AskAsync() => Http.PostAsJsonAsync("/v1/chat/completions", new { model = "nano" });

    /// <summary>Asks, and says which worker answered.</summary>
    public async Task<string> AskedWorkerAsync()
    {
        using var response = await AskAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("worker").GetString()!;
    }

    /// <summary>As a host does that is told to: waits for requests in flight.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }
    }
}
