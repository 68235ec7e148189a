using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.ComponentTests.Gateway;

namespace DeltaEdge.ComponentTests.Fabric;

/// <summary>Shared state in a Redis behind TLS whose certificate an authority of the operator's own gave out.</summary>
public sealed class RedisTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task AuthorityIsTrusted_ProcessesSeeEachOther()
    {
        RedisServer.SkipIfMissing();
        await using var redis = await RedisServer.StartAsync(_authority);
        await using var one = await FabricHost.StartRedisAsync(redis.TlsConnectionString, "tls", ("TrustedAuthorities", _authority.AuthorityFile));
        await using var other = await FabricHost.StartRedisAsync(redis.TlsConnectionString, "tls", ("TrustedAuthorities", _authority.AuthorityFile));
        await Wait.UntilAsync(() => one.State.Reachable && other.State.Reachable, () => "both to reach Redis");

        Assert.True(await one.Workers.PublishAsync(TestGateway.ReportOf("w1", "http://127.0.0.1:9", 1), CancellationToken.None));

        await Told.UntilAsync(other.Workers.MembershipChanged, () => other.Workers.Live.Any(w => w.WorkerId == "w1"), () => "the worker's report");
    }

    [Fact]
    public async Task AuthorityIsNotTrusted_RedisIsOutOfReach()
    {
        RedisServer.SkipIfMissing();
        await using var redis = await RedisServer.StartAsync(_authority);

        await using var host = await FabricHost.StartRedisAsync(redis.TlsConnectionString, "tls");

        // The first read is tried when connecting has ended, however that went.
        await Wait.UntilAsync(() => host.State.Reachable || host.Metrics.Contains("deltaedge_shared_state_failures_total{operation=\"read-all\"}", StringComparison.Ordinal), () => "the first read to be tried");
        Assert.False(await host.Workers.PublishAsync(TestGateway.ReportOf("w1", "http://127.0.0.1:9", 1), CancellationToken.None));
        Assert.False(host.State.Reachable);
    }
}
