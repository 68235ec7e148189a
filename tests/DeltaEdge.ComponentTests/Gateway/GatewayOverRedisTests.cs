using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DeltaEdge.ComponentTests.Fabric;
using DeltaEdge.ComponentTests.Fabric.Keys;
using DeltaEdge.ComponentTests.Fixtures;

namespace DeltaEdge.ComponentTests.Gateway;

/// <summary>The gateway in one process and a worker's heartbeats from another, Redis between them.</summary>
public sealed class GatewayOverRedisTests(RedisServerFixture redis)
{
    private readonly string _prefix = $"gateway-{Guid.NewGuid():N}";

    [Fact]
    public async Task WorkerOfAnotherProcessReports_AsksAndItsStreamsReachIt()
    {
        await using var gateway = await StartAsync(redis.ConnectionString);
        await using var workers = await StartWorkersAsync(redis.ConnectionString);
        await using var worker = await FakeWorker.StartAsync("far");

        await workers.Workers.PublishAsync(TestGateway.ReportOf("far", worker.Address, 1), CancellationToken.None);
        Assert.True((await workers.Streams.ClaimAsync("cam", "far", CancellationToken.None)).Granted);
        await gateway.RoutesToAsync("far");

        Assert.Equal("far", await gateway.AskedWorkerAsync());
        Assert.Contains("far", await gateway.Http.GetStringAsync("/v1/streams/cam"), StringComparison.Ordinal);

        await workers.Workers.RemoveAsync("far", CancellationToken.None);
        await gateway.RoutesToAsync();
        await gateway.AskAsync().RefusesAsync(503, "no_worker_available");
    }

    [Fact]
    public async Task RedisIsLost_KnownWorkersGoOnServing()
    {
        RedisServer.SkipIfMissing();
        await using var own = await RedisServer.StartAsync();
        await using var gateway = await StartAsync(own.ConnectionString, ("DeltaEdge:Fabric:ReportTtlMs", "500"), ("DeltaEdge:Fabric:PollMs", "50"), ("DeltaEdge:Fabric:TimeoutMs", "400"));
        await using var workers = await StartWorkersAsync(own.ConnectionString);
        await using var worker = await FakeWorker.StartAsync("far");
        await BecomesReadyAsync(gateway);
        var routes = gateway.RoutesToAsync("far");
        for (var sequence = 1; !routes.IsCompleted; sequence++)
        {
            await workers.Workers.PublishAsync(TestGateway.ReportOf("far", worker.Address, sequence), CancellationToken.None);
            await Task.WhenAny(routes, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System));
        }

        await routes;

        own.Kill();

        await Wait.UntilAsync(() => gateway.Registry.Live.IsEmpty, () => "the report's time to live to pass");
        Assert.Equal("far", await gateway.AskedWorkerAsync());
        Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync("/healthz/ready")).StatusCode);
        var state = (await gateway.Http.GetFromJsonAsync<JsonElement>("/v1/status")).GetProperty("shared_state");
        Assert.False(state.GetProperty("reachable").GetBoolean());
        Assert.True(state.GetProperty("age_seconds").GetDouble() > 0);
    }

    [Fact]
    public async Task RedisIsAwayAtStart_NotReadyUntilFleetAndKeysWereRead()
    {
        RedisServer.SkipIfMissing();
        await using var own = await RedisServer.StartAsync();
        own.Kill();
        await using var gateway = await StartAsync(own.ConnectionString, ("DeltaEdge:Gateway:Keys", "required"), ("DeltaEdge:Fabric:PollMs", "50"));
        var (_, text) = TestKeys.New();
        using var early = await gateway.Http.GetAsync("/healthz/ready");
        var missing = (await early.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("not_ready").EnumerateArray().Select(c => c.GetProperty("name").GetString());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
        Assert.Equal(["api_keys", "shared_state"], missing);
        await WithKeyAsync(gateway, text).RefusesAsync(503, "api_keys_not_read");
        await gateway.Http.GetAsync("/v1/models").RefusesAsync(401, "missing_api_key");

        await own.RestartAsync();

        await BecomesReadyAsync(gateway);
        await WithKeyAsync(gateway, text).RefusesAsync(401, "invalid_api_key");
    }

    [Theory]
    [InlineData("off")]
    [InlineData("required")]
    public async Task RedisIsLost_NoStreamIsSaidNotToExist(string keys)
    {
        RedisServer.SkipIfMissing();
        await using var own = await RedisServer.StartAsync();
        await using var gateway = await StartAsync(own.ConnectionString, ("DeltaEdge:Gateway:Keys", keys), ("DeltaEdge:Fabric:PollMs", "50"));
        await BecomesReadyAsync(gateway);
        var (_, text) = await gateway.Keys.AddNewAsync(k => k with { SeesMetrics = true });
        await Wait.UntilAsync(async () => (await WithKeyAsync(gateway, text, "/v1/streams/cam")).StatusCode == HttpStatusCode.NotFound, () => "the key to be read");

        own.Kill();

        await Wait.UntilAsync(async () =>
        {
            using var status = await WithKeyAsync(gateway, text, "/v1/status");
            return !(await status.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("shared_state").GetProperty("reachable").GetBoolean();
        }, () => "the gateway to notice");
        await WithKeyAsync(gateway, text, "/v1/streams/cam").RefusesAsync(503, "shared_state_unavailable");
    }

    private static Task BecomesReadyAsync(TestGateway gateway) =>
        Wait.UntilAsync(async () => (await gateway.Http.GetAsync("/healthz/ready")).IsSuccessStatusCode, () => "readiness");

    private static Task<HttpResponseMessage> WithKeyAsync(TestGateway gateway, string key, string path = "/v1/models") =>
        gateway.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "x-api-key", key } } });

    private async Task<FabricHost> StartWorkersAsync(string connectionString)
    {
        var host = await FabricHost.StartRedisAsync(connectionString, _prefix);
        await Wait.UntilAsync(() => host.State.Reachable, () => "shared state");
        return host;
    }

    private Task<TestGateway> StartAsync(string connectionString, params (string, string)[] settings) => TestGateway.StartAsync(
        [("DeltaEdge:Fabric:Mode", "Redis"), ("DeltaEdge:Fabric:ConnectionString", connectionString), ("DeltaEdge:Fabric:KeyPrefix", _prefix), .. settings]);
}
