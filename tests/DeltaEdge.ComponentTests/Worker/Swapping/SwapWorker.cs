using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Worker.Serving;
using DeltaEdge.Worker.Swapping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.ComponentTests.Worker.Swapping;

/// <summary>A whole worker that serves the package "first" on loopback.</summary>
internal sealed class SwapWorker : IAsyncDisposable
{
    private static readonly string Image = "data:image/jpeg;base64," + Convert.ToBase64String(File.ReadAllBytes(Path.Combine(ModelFixtures.Nano, "samples", "carpark.jpg")));

    private readonly WebApplication _app;

    private SwapWorker(TinyPackages packages, WebApplication app)
    {
        (Packages, _app) = (packages, app);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = Wait.Limit };
    }

    public TinyPackages Packages { get; }

    public HttpClient Http { get; }

    public ModelInForce Models => _app.Services.GetRequiredService<ModelInForce>();

    /// <param name="mayChange">Whether packages may be swapped in.</param>
    /// <param name="settings">Configuration over the defaults.</param>
    public static async Task<SwapWorker> StartAsync(bool mayChange = true, params (string Key, string Value)[] settings)
    {
        var packages = new TinyPackages();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DeltaEdge:Worker:ModelPath"] = packages.Add("first"),
            ["DeltaEdge:Worker:PackageDirectories:0"] = mayChange ? packages.Folder : null,
            ["DeltaEdge:Engine:Providers:0"] = "cpu",
            ["DeltaEdge:Engine:Threads"] = "1",
            ["DeltaEdge:Engine:Slots"] = "2",
            ["DeltaEdge:Engine:TextTokens"] = "128",
            ["DeltaEdge:Delivery:Directory"] = Path.Combine(packages.Folder, "outbox"),
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)));
        builder.AddWorker();
        var app = builder.Build();
        app.MapWorker();
        await app.StartAsync();
        return new SwapWorker(packages, app);
    }

    /// <summary>Asks, and returns the status with the name of the model that answered, or the error's code.</summary>
    public async Task<(HttpStatusCode Status, string Said)> AskAsync(string? model = null)
    {
        var ask = new JsonObject
        {
            ["messages"] = new JsonArray(new JsonObject
            {
                ["role"] = "user",
                ["content"] = new JsonArray(
                    new JsonObject { ["type"] = "text", ["text"] = "How many cars are there?" },
                    new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = Image } }),
            }),
            ["max_tokens"] = 4,
            ["deltaedge"] = new JsonObject { ["deadline_ms"] = 60_000, ["budget"] = 1 },
        };
        if (model is not null)
        {
            ask["model"] = model;
        }

        using var response = await Http.PostAsJsonAsync("/v1/chat/completions", ask);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (response.StatusCode, response.IsSuccessStatusCode ? body.GetProperty("model").GetString()! : body.GetProperty("error").GetProperty("code").GetString()!);
    }

    public Task<HttpResponseMessage> SwapAsync(string package) => Http.PostAsJsonAsync(SwapEndpoint.Path, new JsonObject { ["package"] = package });

    /// <summary>Begins a swap, which must be accepted.</summary>
    public async Task BeginAsync(string package)
    {
        using var response = await SwapAsync(package);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"The swap to {package} was answered with {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>Waits until the swap is that far; a swap that ends otherwise fails the test.</summary>
    public async Task<SwapProgress> UntilAsync(SwapPhase state)
    {
        SwapProgress? seen = null;
        await Wait.UntilAsync(
            async () =>
            {
                seen = (await Http.GetFromJsonAsync(SwapEndpoint.Path, SwapJson.Default.ModelStatus))!.Swap;
                return seen!.State == state || seen.HasEnded;
            },
            () => $"the swap to be {state}; it is {seen}");
        Assert.True(seen!.State == state && (state == SwapPhase.Failed) == seen.Error is not null, $"The swap was to be {state}; it is {seen}.");
        return seen;
    }

    public Task<string> MetricsAsync() => Http.GetStringAsync("/metrics");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Packages.Dispose();
    }
}
