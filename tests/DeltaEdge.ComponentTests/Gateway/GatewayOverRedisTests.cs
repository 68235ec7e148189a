using DeltaEdge.ComponentTests.Fabric;
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
        await using var gateway = await StartAsync(own.ConnectionString, ("DeltaEdge:Fabric:ReportTtlMs", "500"), ("DeltaEdge:Fabric:PollMs", "50"));
        await using var workers = await StartWorkersAsync(own.ConnectionString);
        await using var worker = await FakeWorker.StartAsync("far");
        await workers.Workers.PublishAsync(TestGateway.ReportOf("far", worker.Address, 1), CancellationToken.None);
        await gateway.RoutesToAsync("far");

        own.Kill();

        await Wait.UntilAsync(() => gateway.Registry.Live.IsEmpty, () => "the report's time to live to pass");
        Assert.Equal("far", await gateway.AskedWorkerAsync());
    }

    private async Task<FabricHost> StartWorkersAsync(string connectionString)
    {
        var host = await FabricHost.StartRedisAsync(connectionString, _prefix);
        await Wait.UntilAsync(() => host.State.Reachable, () => "shared state");
        return host;
    }

    private Task<TestGateway> StartAsync(string connectionString, params (string, string)[] settings) => TestGateway.StartAsync(
        [("DeltaEdge:Fabric:Mode", "Redis"), ("DeltaEdge:Fabric:ConnectionString", connectionString), ("DeltaEdge:Fabric:KeyPrefix", _prefix), .. settings]);
}
