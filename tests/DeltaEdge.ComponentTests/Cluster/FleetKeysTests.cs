using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaEdge.ComponentTests.Fabric.Keys;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Fabric.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeltaEdge.ComponentTests.Cluster;

/// <summary>Two keys and their cameras, on two workers behind a gateway: on every route a key has its own streams and no others.</summary>
public sealed class FleetKeysTests : IAsyncLifetime
{
    private const int StreamsOfEach = 4;
    private static readonly (string, string) Secret = ("Fabric:GatewaySecret", "a-secret-of-this-fleet");

    private readonly List<HostProcess> _processes = [];
    private RedisServer _redis = null!;
    private HttpClient _mine = null!;
    private HttpClient _others = null!;

    public async ValueTask InitializeAsync()
    {
        RedisServer.SkipIfMissing();
        _redis = await RedisServer.StartAsync();
        _processes.Add(await HostProcess.StartAsync("DeltaEdge.Gateway", _redis.ConnectionString, Secret, ("Gateway:Keys", "required")));
        _processes.Add(await WorkerAsync("w1"));
        _processes.Add(await WorkerAsync("w2"));
        (_mine, _others) = (await ClientAsync(), await ClientAsync());
        await Wait.UntilAsync(
            async () => (await _mine.GetFromJsonAsync<JsonElement>("/v1/status")).GetProperty("workers").GetArrayLength() == 2, () => "two workers");
        for (var i = 0; i < StreamsOfEach; i++)
        {
            await AddAsync(_mine, $"mine-{i}");
            await AddAsync(_others, $"others-{i}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _mine?.Dispose();
        _others?.Dispose();
        _processes.ForEach(p => p.Dispose());
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    [Fact]
    public async Task EveryStreamRoute_IsForTheKeysOwnStreamsOnly()
    {
        await Wait.UntilAsync(
            async () => (await ListAsync(_mine)).Concat(await ListAsync(_others)).Select(s => s.Worker).Distinct().Order().SequenceEqual(["w1", "w2"]), () => "streams on both workers and none on neither");
        Assert.Equal(Enumerable.Range(0, StreamsOfEach).Select(i => $"mine-{i}"), (await ListAsync(_mine)).Select(s => s.Id));
        Assert.Equal(Enumerable.Range(0, StreamsOfEach).Select(i => $"others-{i}"), (await ListAsync(_others)).Select(s => s.Id));

        foreach (var (id, _) in await ListAsync(_others))
        {
            foreach (var (method, path, body) in Routes(id))
            {
                using var response = await SendAsync(_mine, method, path, body());
                Assert.True((int)response.StatusCode == 404, $"{method} {path} gave another key {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            }

            Assert.Equal(404, await ConnectAsync(_mine, $"/v1/streams/{id}/answers"));
            Assert.Equal(404, await ConnectAsync(_mine, $"/v1/streams/{id}/events"));
            Assert.Equal(404, await ConnectAsync(_mine, $"/v1/streams/{id}/frames"));
        }

        foreach (var (id, _) in await ListAsync(_others))
        {
            foreach (var route in (string[])["answers", "events", "frames"])
            {
                Assert.Equal(101, await ConnectAsync(_others, $"/v1/streams/{id}/{route}"));
            }

            foreach (var (method, path, body) in Routes(id))
            {
                await SucceedsAsync(() => SendAsync(_others, method, path, body()), $"{method} {path} with its own key");
            }
        }

        Assert.Empty(await ListAsync(_others));
        Assert.Equal(StreamsOfEach, (await ListAsync(_mine)).Length);
    }

    /// <summary>Every route of a stream but its sockets, in an order that its owner can go through.</summary>
    private static IEnumerable<(string Method, string Path, Func<HttpContent?> Body)> Routes(string id) =>
    [
        ("GET", $"/v1/streams/{id}", () => null),
        ("GET", $"/v1/streams/{id}/answers", () => null),
        ("GET", $"/v1/streams/{id}/events", () => null),
        ("POST", $"/v1/streams/{id}/frames", Picture),
        ("GET", $"/v1/streams/{id}/frame.jpg", () => null),
        ("PATCH", $"/v1/streams/{id}", () => JsonContent.Create(new { fps = 3 })),
        ("POST", $"/v1/streams/{id}/pause", () => null),
        ("POST", $"/v1/streams/{id}/resume", () => null),
        ("DELETE", $"/v1/streams/{id}", () => null),
    ];

    private static ByteArrayContent Picture() => new(File.ReadAllBytes(Nano.Sample("carpark.jpg"))) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };

    private Task<HostProcess> WorkerAsync(string id) =>
        HostProcess.StartAsync("DeltaEdge.Worker", _redis.ConnectionString, Secret, ("Worker:Id", id), ("Streams:Admission", "Off"), ("Placement:StableSeconds", "3600"));

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string method, string path, HttpContent? body)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = body };
        return await http.SendAsync(request);
    }

    /// <summary>Status of a WebSocket's handshake.</summary>
    private static async Task<int> ConnectAsync(HttpClient http, string path)
    {
        using var socket = new ClientWebSocket();
        using var patience = new CancellationTokenSource(Wait.Limit);
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("x-api-key", http.DefaultRequestHeaders.GetValues("x-api-key").Single());
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(http.BaseAddress!, path)) { Scheme = "ws" }.Uri, patience.Token);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return (int)socket.HttpStatusCode;
    }

    private static async Task<(string Id, string? Worker)[]> ListAsync(HttpClient http) => [.. (await http.GetFromJsonAsync<JsonElement>("/v1/streams")).GetProperty("data").EnumerateArray()
        .Select(s => (s.GetProperty("id").GetString()!, s.GetProperty("worker").GetString()))];

    private static Task AddAsync(HttpClient http, string id) => SucceedsAsync(
        () => http.PostAsJsonAsync("/v1/streams", new JsonObject { ["id"] = id, ["source"] = "push:", ["questions"] = new JsonArray("How many cars are there?"), ["sla_class"] = "flex" }), $"{id} to be taken");

    /// <summary>The proxy routes to a worker, and a stream has a frame to show, a moment after they are known: so more than one try is allowed.</summary>
    private static Task SucceedsAsync(Func<Task<HttpResponseMessage>> send, string what)
    {
        var said = "";
        return Wait.UntilAsync(
            async () =>
            {
                using var response = await send();
                said = $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
                return response.IsSuccessStatusCode;
            }, () => $"{what}; last: {said}");
    }

    /// <summary>A client of the gateway with a new key, once the gateway knows the key.</summary>
    private async Task<HttpClient> ClientAsync()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("DeltaEdge:Fabric:Mode", "Redis"), new("DeltaEdge:Fabric:ConnectionString", _redis.ConnectionString)]).Build();
        await using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddFabric(configuration).AddKeyBook(configuration).BuildServiceProvider();
        var book = services.GetRequiredService<IKeyBook>();
        Assert.True(await book.OpenAsync(CancellationToken.None));
        var (_, text) = await book.AddNewAsync(k => k with { SeesMetrics = true });
        var http = new HttpClient { BaseAddress = _processes[0].Address, Timeout = Wait.Limit };
        http.DefaultRequestHeaders.Add("x-api-key", text);
        await SucceedsAsync(() => http.GetAsync("/v1/status"), "the gateway to know the key");
        return http;
    }
}
