using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaEdge.ComponentTests.Fixtures;

namespace DeltaEdge.ComponentTests.Cluster;

/// <summary>What readers and askers notice when workers die or stop: real processes over a real Redis.</summary>
public sealed class FailoverTests
{
    private static readonly string[] Cameras = ["carpark", "junction", "shelf"];

    [Fact]
    public async Task WorkerIsKilled_ItsStreamsAnswerElsewhereAndReadersSeeEveryIdOnce()
    {
        RedisServer.SkipIfMissing();
        await using var redis = await RedisServer.StartAsync();
        using var gateway = await HostProcess.StartAsync("DeltaEdge.Gateway", redis.ConnectionString);
        using var first = await WorkerAsync(redis, "w1");
        using var http = new HttpClient { BaseAddress = gateway.Address, Timeout = Wait.Limit };
        await WorkersAsync(http, 1);
        await AddAsync(http, Cameras);
        using var second = await WorkerAsync(redis, "w2");
        await WorkersAsync(http, 2);
        using var reading = new CancellationTokenSource(2 * Wait.Limit);
        var seen = await Task.WhenAll(Cameras.Select(c => SseLog.OpenAsync(http, c, reading.Token)));
        await Task.WhenAll(seen.Select(s => s.UntilAsync(a => a.Worker == "w1")));

        first.Kill();

        await Task.WhenAll(seen.Select(s => s.UntilAsync(a => a.Worker == "w2")));
        Assert.All(seen, s => Assert.Equal(s.Ids.Order().Distinct(), s.Ids));
        Assert.All(seen, s => s.Dispose());
    }

    [Fact]
    public async Task WorkerIsToldToStop_ItHandsItsStreamsOverAndEndsWell()
    {
        RedisServer.SkipIfMissing();
        await using var redis = await RedisServer.StartAsync();
        using var gateway = await HostProcess.StartAsync("DeltaEdge.Gateway", redis.ConnectionString);
        using var first = await WorkerAsync(redis, "w1");
        using var http = new HttpClient { BaseAddress = gateway.Address, Timeout = Wait.Limit };
        await WorkersAsync(http, 1);
        await AddAsync(http, Cameras);
        using var second = await WorkerAsync(redis, "w2");
        await WorkersAsync(http, 2);

        first.Terminate();

        await Wait.UntilAsync(() => first.HasExited, () => $"w1 to end. It said:\n{first.Output}");
        Assert.Equal(0, first.ExitCode);
        var list = (await http.GetFromJsonAsync<JsonElement>("/v1/streams")).GetProperty("data").EnumerateArray().ToArray();
        Assert.Equal(Cameras.Order(), list.Select(s => s.GetProperty("id").GetString()!));
        Assert.All(list, s => Assert.Equal("w2", s.GetProperty("worker").GetString()));
    }

    private static Task<HostProcess> WorkerAsync(RedisServer redis, string id) =>
        HostProcess.StartAsync("DeltaEdge.Worker", redis.ConnectionString, ("Worker:Id", id), ("Streams:AllowedDirectories:0", Nano.Clips), ("Streams:Admission", "Off"), ("Placement:StableSeconds", "3600"));

    private static Task WorkersAsync(HttpClient http, int count) => Wait.UntilAsync(
        async () => (await http.GetFromJsonAsync<JsonElement>("/v1/status")).GetProperty("workers").GetArrayLength() == count, Wait.Limit, () => $"{count} workers");

    private static async Task AddAsync(HttpClient http, string[] cameras)
    {
        foreach (var camera in cameras)
        {
            // A worker is in the status a moment before the proxy routes to it.
            var said = "";
            await Wait.UntilAsync(
                async () =>
                {
                    using var created = await http.PostAsJsonAsync("/v1/streams", new JsonObject
                    {
                        ["id"] = camera,
                        ["source"] = Path.Combine(Nano.Clips, camera + ".mp4"),
                        ["questions"] = new JsonArray("How many cars are there?"),
                        ["sla_class"] = "flex",
                    });
                    said = await created.Content.ReadAsStringAsync();
                    return (int)created.StatusCode == 201;
                }, Wait.Limit, () => $"{camera} to be taken; last: {said}");
        }
    }
}
