using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaEdge.ComponentTests.Fixtures;

namespace DeltaEdge.ComponentTests.Cluster;

/// <summary>A gateway and two workers as processes; the first worker, w1, runs three cameras, and w2 is there to take over.</summary>
internal sealed class TwoWorkers : IAsyncDisposable
{
    public static readonly string[] Cameras = ["carpark", "junction", "shelf"];

    private readonly RedisServer _redis;
    private readonly HostProcess _gateway;

    private TwoWorkers(RedisServer redis, HostProcess gateway, HostProcess first)
    {
        (_redis, _gateway, First) = (redis, gateway, first);
        Http = new HttpClient { BaseAddress = gateway.Address, Timeout = Wait.Limit };
    }

    /// <summary>To the gateway.</summary>
    public HttpClient Http { get; }

    public HostProcess First { get; }

    public HostProcess Second { get; private set; } = null!;

    public static async Task<TwoWorkers> StartAsync()
    {
        RedisServer.SkipIfMissing();
        var redis = await RedisServer.StartAsync();
        var all = new TwoWorkers(redis, await HostProcess.StartAsync("DeltaEdge.Gateway", redis.ConnectionString), await WorkerAsync(redis, "w1"));
        await all.WorkersAsync(1);
        foreach (var camera in Cameras)
        {
            await all.AddAsync(camera);
        }

        all.Second = await WorkerAsync(redis, "w2");
        await all.WorkersAsync(2);
        return all;
    }

    /// <summary>Ids of all streams and who runs each, by id.</summary>
    public async Task<(string Id, string? Worker)[]> StreamsAsync() => [.. (await Http.GetFromJsonAsync<JsonElement>("/v1/streams")).GetProperty("data").EnumerateArray()
        .Select(s => (s.GetProperty("id").GetString()!, s.GetProperty("worker").GetString())).Order()];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        First.Dispose();
        Second.Dispose();
        _gateway.Dispose();
        await _redis.DisposeAsync();
    }

    private static Task<HostProcess> WorkerAsync(RedisServer redis, string id) =>
        HostProcess.StartAsync("DeltaEdge.Worker", redis.ConnectionString, ("Worker:Id", id), ("Streams:AllowedDirectories:0", Nano.Clips), ("Streams:Admission", "Off"), ("Placement:StableSeconds", "3600"));

    private Task WorkersAsync(int count) => Wait.UntilAsync(
        async () => (await Http.GetFromJsonAsync<JsonElement>("/v1/status")).GetProperty("workers").GetArrayLength() == count, () => $"{count} workers");

    /// <summary>A worker is in the status a moment before the proxy routes to it, so this may take more than one try.</summary>
    private Task AddAsync(string camera)
    {
        var said = "";
        return Wait.UntilAsync(
            async () =>
            {
                using var created = await Http.PostAsJsonAsync("/v1/streams", new JsonObject
                {
                    ["id"] = camera,
                    ["source"] = Path.Combine(Nano.Clips, camera + ".mp4"),
                    ["questions"] = new JsonArray("How many cars are there?"),
                    ["sla_class"] = "flex",
                });
                said = await created.Content.ReadAsStringAsync();
                return (int)created.StatusCode == 201;
            }, () => $"{camera} to be taken; last: {said}");
    }
}
