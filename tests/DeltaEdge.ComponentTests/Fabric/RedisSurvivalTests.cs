using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.Plans;
using DeltaEdge.Fabric.Streams;

namespace DeltaEdge.ComponentTests.Fabric;

/// <summary>A store that comes back empty, stands still, or is slow; processes whose clocks are off.</summary>
public sealed class RedisSurvivalTests
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(2);

    private readonly string _prefix = $"survival-{Guid.NewGuid():N}";

    [Fact]
    public async Task RestartedEmpty_CatalogClaimsAndFencesGoOn()
    {
        await using var server = await OwnServerAsync();
        await using var worker = await StartAsync(server.ConnectionString);
        await using var gateway = await StartAsync(server.ConnectionString);
        await worker.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        foreach (var id in new[] { "cam", "free", "removed" })
        {
            await gateway.Catalog.AddAsync(FabricSamples.Record(id), default);
        }

        await gateway.Catalog.ReplaceAsync(gateway.Catalog.Find("cam")! with { Spec = "changed" }, default);
        await gateway.Catalog.RemoveAsync("removed", default);
        var owner = (await worker.Streams.ClaimAsync("cam", "w1", default)).Owner!;
        var before = await worker.Log.AppendAsync(owner, new("a", 1), FabricSamples.Answer("cam", "1"), default);
        var term = (await gateway.Lease.TryHoldAsync("a", default))!.Value;
        await Wait.UntilAsync(() => worker.Catalog.All.Length == 2 && gateway.Streams.Find("cam") is not null, () => "both to know everything");

        await RestartEmptyAsync(server, worker, gateway);
        await Wait.UntilAsync(() => FoundAsync(gateway, owner), () => "the claim to be put back");
        await Wait.UntilAsync(
            async () => await worker.Workers.PublishAsync(FabricSamples.Report("w1", 2), default) && gateway.State.IsSettled && worker.State.IsSettled,
            () => "the grace to end, with heartbeats"); // A worker that has none for longer than its report lives has no claim any more.

        Assert.Equal([("cam", "changed", 2), ("free", "{}", 1)], gateway.Catalog.All.Select(r => (r.StreamId, r.Spec, r.Revision)));
        Assert.Equal(CatalogOutcome.Exists, await worker.Catalog.AddAsync(FabricSamples.Record("cam"), default));
        var after = await worker.Log.AppendAsync(owner, new("a", 2), FabricSamples.Answer("cam", "2"), default);
        Assert.Equal(AppendOutcome.Appended, after.Outcome);
        Assert.True(after.Id > before.Id + 1);
        Assert.True((await gateway.Log.ReadAsync("cam", before.Id, 10, default))!.IsAnew);
        await worker.Workers.PublishAsync(FabricSamples.Report("w1", 3), default);
        Assert.True((await worker.Streams.ClaimAsync("free", "w1", default)).Owner!.Fence > owner.Fence);
        Assert.Equal(PlanOutcome.NotLeader, (await gateway.Plans.PublishAsync(FabricSamples.Plan(9), term, default)).Outcome);
        Assert.True(await gateway.Lease.TryHoldAsync("b", default) > term);
    }

    [Fact]
    public async Task RestartedOlder_WhatItHasLostIsPutBack()
    {
        await using var server = await OwnServerAsync();
        await using var worker = await StartAsync(server.ConnectionString);
        await using var gateway = await StartAsync(server.ConnectionString);
        await worker.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        foreach (var id in new[] { "cam", "late", "removed" })
        {
            await gateway.Catalog.AddAsync(FabricSamples.Record(id), default);
        }

        await gateway.Catalog.RemoveAsync("removed", default);
        var owner = (await worker.Streams.ClaimAsync("cam", "w1", default)).Owner!;
        var before = await worker.Log.AppendAsync(owner, new("a", 1), FabricSamples.Answer("cam", "1"), default);
        await Wait.UntilAsync(() => worker.Catalog.All.Length == 2 && gateway.Streams.Find("cam") is not null, () => "both to know everything");

        await LoseAsync(server);

        await using var fresh = await StartAsync(server.ConnectionString);
        await Wait.UntilAsync(() => FoundAsync(fresh, owner), () => "the claim to be put back");
        await Wait.UntilAsync(() => fresh.Catalog.All.SequenceEqual(gateway.Catalog.All), () => "the catalog to be put back");
        Assert.Equal(["cam", "late"], fresh.Catalog.All.Select(r => r.StreamId));
        Assert.Equal(":0", await server.CommandAsync($"HEXISTS {{{_prefix}}}:v1:catalog removed"));
        await Wait.UntilAsync(
            async () => (await worker.Log.AppendAsync(owner, new("a", 2), FabricSamples.Answer("cam", "2"), default)).Outcome == AppendOutcome.Appended, () => "the next answer");
        Assert.True((await gateway.Log.ReadAsync("cam", before.Id, 10, default))!.IsAnew);
    }

    [Fact]
    public async Task RestartedOlder_NothingIsWrittenBeforeWhatItHasLostIsPutBack()
    {
        await using var server = await OwnServerAsync();
        await using var worker = await StartAsync(server.ConnectionString, ("PollMs", "10000"), ("ReportTtlMs", "60000")); // So that it looks only when told to.
        await worker.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        await worker.Workers.PublishAsync(FabricSamples.Report("w2"), default);
        foreach (var id in new[] { "cam", "late", "free" })
        {
            await worker.Catalog.AddAsync(FabricSamples.Record(id), default);
        }

        var owner = (await worker.Streams.ClaimAsync("cam", "w1", default)).Owner!;
        await worker.Streams.ClaimAsync("kept", "w1", default);
        await Wait.UntilAsync(() => IsQuietAsync(server), () => "the last read that these writes have led to");

        await LoseAsync(server);

        Assert.Equal(CatalogOutcome.Unavailable, await worker.Catalog.AddAsync(FabricSamples.Record("new"), default));
        Assert.Equal(ClaimOutcome.Unavailable, (await worker.Streams.ClaimAsync("free", "w1", default)).Outcome);
        Assert.False(await worker.Streams.ReleaseAsync("kept", "w1", default));
        Assert.False(await worker.Workers.RemoveAsync("w2", default));

        await server.CommandAsync($"PUBLISH {{{_prefix}}}:v1:changes catalog");
        await Wait.UntilAsync(async () => await worker.Catalog.AddAsync(FabricSamples.Record("new"), default) == CatalogOutcome.Done, () => "the next record");
        await using var fresh = await StartAsync(server.ConnectionString);
        await Wait.UntilAsync(() => fresh.Catalog.All.Select(r => r.StreamId).SequenceEqual(["cam", "free", "late", "new"]), () => "the catalog to be put back");
        Assert.True(await FoundAsync(fresh, owner));
    }

    [Fact]
    public async Task StoreStoodStill_NobodyTakesOverWhoseHeartbeatIsMerelyLate()
    {
        await using var server = await OwnServerAsync();
        await using var worker = await StartAsync(server.ConnectionString, ("ReportTtlMs", "2000"));
        await using var rival = await StartAsync(server.ConnectionString, ("ReportTtlMs", "2000"));
        await worker.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        var owner = (await worker.Streams.ClaimAsync("cam", "w1", default)).Owner!;
        await Wait.UntilAsync(() => rival.Streams.Find("cam") is not null, () => "the claim to be seen");

        server.Pause();
        await Wait.UntilAsync(() => rival.Workers.Live.IsEmpty && !rival.State.Reachable, () => "every report to run out");
        Assert.False(rival.State.IsSettled);
        Assert.Equal(owner, rival.Streams.Find("cam"));
        server.Resume();

        await Wait.UntilAsync(async () => await rival.Workers.PublishAsync(FabricSamples.Report("w2"), default), () => "the rival to be back first");
        var claim = await rival.Streams.ClaimAsync("cam", "w2", default);
        Assert.False(claim.Granted);
        Assert.False(rival.State.IsSettled);
        await Wait.UntilAsync(async () => await worker.Workers.PublishAsync(FabricSamples.Report("w1", 2), default), () => "the owner to be heard again");
        Assert.Equal(owner, await rival.Streams.FindAsync("cam", default));
    }

    [Fact]
    public async Task StoreStoodStillAndTheOwnerIsGone_ItsStreamsAreFreeAfterTheGrace()
    {
        await using var server = await OwnServerAsync();
        await using var rival = await StartAsync(server.ConnectionString, ("ReportTtlMs", "1000"), ("PollMs", "50"));
        await rival.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        var former = (await rival.Streams.ClaimAsync("cam", "w1", default)).Owner!;
        server.Pause();
        await Wait.UntilAsync(() => rival.Workers.Live.IsEmpty && !rival.State.Reachable, () => "every report to run out");
        server.Resume();

        StreamClaim claim = default;
        await Wait.UntilAsync(
            async () =>
            {
                await rival.Workers.PublishAsync(FabricSamples.Report("w2"), default);
                claim = await rival.Streams.ClaimAsync("cam", "w2", default);
                return claim.Granted;
            },
            () => "the stream to be free");

        Assert.True(claim.Owner!.Fence > former.Fence);
    }

    [Fact]
    public async Task StoreSlow_CallsEndInTimeAndReadsDoNotWait()
    {
        await using var server = await OwnServerAsync();
        await using var proxy = new SlowProxy(server.Port);
        await using var host = await StartAsync(proxy.ConnectionString, ("TimeoutMs", "100"));
        await host.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        await host.Catalog.AddAsync(FabricSamples.Record("cam"), default);
        var owner = (await host.Streams.ClaimAsync("cam", "w1", default)).Owner!;

        proxy.Delay = TimeSpan.FromSeconds(5);
        await Wait.UntilAsync(() => !host.State.Reachable, () => "the slowness to be noticed");

        await AssertFastAsync(async () => Assert.Equal(AppendOutcome.Unavailable, (await host.Log.AppendAsync(owner, new("a", 1), FabricSamples.Answer("cam", "1"), default)).Outcome));
        await AssertFastAsync(async () => Assert.Null(await host.Log.ReadAsync("cam", 0, 10, default)));
        await AssertFastAsync(async () => Assert.Equal(CatalogOutcome.Unavailable, await host.Catalog.AddAsync(FabricSamples.Record("cam2"), default)));
        await AssertFastAsync(async () => Assert.Equal(CatalogOutcome.Unavailable, await host.Catalog.RemoveAsync("cam", default)));
        Assert.NotNull(host.Catalog.Find("cam"));
        Assert.Equal(owner, host.Streams.Find("cam"));
    }

    [Fact]
    public async Task ConnectionDeadButOpen_IsReplaced()
    {
        await using var server = await OwnServerAsync();
        await using var proxy = new SlowProxy(server.Port);
        await using var host = await StartAsync(proxy.ConnectionString);

        proxy.Delay = Timeout.InfiniteTimeSpan;
        await Wait.UntilAsync(() => !host.State.Reachable, () => "the silence to be noticed");
        proxy.Delay = TimeSpan.Zero; // For connections that are made from now on; what the old ones hold back they hold back for ever.

        await Wait.UntilAsync(() => host.State.Reachable, () => "another connection");
        Assert.True(await host.Workers.PublishAsync(FabricSamples.Report("w1"), default));
        await host.PublishPlanAsync(FabricSamples.Plan(1));
        await Told.UntilAsync(host.Plans.PlanChanged, () => host.Plans.Latest is not null, () => "news over it");
    }

    [Fact]
    public async Task ConnectionHealsWhileAnotherDoesNotComeUp_IsKept()
    {
        await using var server = await OwnServerAsync();
        await using var proxy = new SlowProxy(server.Port);
        await using var host = await StartAsync(proxy.ConnectionString);

        server.Pause();
        proxy.LeavesUnserved = true;
        await Wait.UntilAsync(() => proxy.Unserved > 0, () => "another connection to be tried");
        server.Resume();

        await Wait.UntilAsync(() => host.State.Reachable, () => "the old one to be used meanwhile");
        await Wait.UntilAsync(() => proxy.Unserved == 0, () => "the other one to be given up");
        Assert.True(await host.Workers.PublishAsync(FabricSamples.Report("w1"), default));
    }

    [Fact]
    public async Task ClocksMinutesApart_ChangeNothing()
    {
        await using var server = await OwnServerAsync();
        await using var ahead = await FabricHost.StartRedisAsync(server.ConnectionString, _prefix, new SkewedTime(TimeSpan.FromMinutes(7)));
        await using var behind = await FabricHost.StartRedisAsync(server.ConnectionString, _prefix, new SkewedTime(TimeSpan.FromMinutes(-7)));
        await Wait.UntilAsync(() => ahead.State.Reachable && behind.State.Reachable, () => "shared state");
        await ahead.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        var first = (await ahead.Streams.ClaimAsync("cam", "w1", default)).Owner!;
        var one = await ahead.Log.AppendAsync(first, new("a", 1), FabricSamples.Answer("cam", "1"), default);
        await ahead.Streams.ReleaseAsync("cam", "w1", default);
        await behind.Workers.PublishAsync(FabricSamples.Report("w2"), default);
        var second = (await behind.Streams.ClaimAsync("cam", "w2", default)).Owner!;
        var two = await behind.Log.AppendAsync(second, new("a", 1), FabricSamples.Answer("cam", "2"), default);
        var term = (await ahead.Lease.TryHoldAsync("a", default))!.Value;
        await ahead.Plans.PublishAsync(FabricSamples.Plan(1), term, default);

        Assert.True(second.Fence > first.Fence);
        Assert.Equal(one.Id + 1, two.Id);
        Assert.Equal(2, (await behind.Log.ReadAsync("cam", 0, 10, default))!.Entries.Length);
        Assert.Null(await behind.Lease.TryHoldAsync("b", default));
        await Wait.UntilAsync(() => behind.Plans.Latest?.Version == 1, () => "the plan");
    }

    [Fact]
    public async Task ManyStreams_PollingTellsOnlyWhatIsNew()
    {
        const int Streams = 2000;
        await using var server = await OwnServerAsync();
        await using var proxy = new SlowProxy(server.Port);
        await using var writer = await StartAsync(server.ConnectionString);
        await using var reader = await StartAsync(proxy.ConnectionString, ("PollMs", "20"));
        foreach (var some in Enumerable.Range(0, Streams).Chunk(100)) // Half a second is each call's, not that of two thousand at once.
        {
            await Task.WhenAll(some.Select(async i =>
                Assert.Equal(CatalogOutcome.Done, await writer.Catalog.AddAsync(FabricSamples.Record($"cam{i}", new string('x', 500)), default))));
        }

        await Wait.UntilAsync(() => reader.Catalog.All.Length == Streams, () => "all streams");

        var before = proxy.Answered;
        await writer.Catalog.RemoveAsync("cam7", default);
        await Told.UntilAsync(reader.Catalog.CatalogChanged, () => reader.Catalog.All.Length == Streams - 1, () => "the removal");

        Assert.True(proxy.Answered - before < 100_000, $"The news of one stream took {proxy.Answered - before} bytes.");
    }

    /// <summary>Makes the store one that has come back without its last moments: a claim and a record are missing, records are old or removed ones.</summary>
    private Task LoseAsync(RedisServer server) => server.CommandAsync(
        $"EVAL \"for i, map in ipairs({{'catalog', 'streams'}}) do redis.call('SET', KEYS[1] .. map .. ':version', 1) end "
        + "redis.call('HDEL', KEYS[1] .. 'streams', 'cam') redis.call('HDEL', KEYS[1] .. 'catalog', 'late') "
        + "redis.call('HSET', KEYS[1] .. 'catalog', 'cam', '0:older', 'removed', '1:older')\" "
        + $"1 {{{_prefix}}}:v1:");

    /// <summary>Whether nobody has read for as long as it takes a notification to lead to a read.</summary>
    private async Task<bool> IsQuietAsync(RedisServer server) => ":1" == await server.CommandAsync(
        "EVAL \"local t = redis.call('TIME') return t[1] * 1000 + t[2] / 1000 - redis.call('GET', KEYS[1] .. 'seen') > 500 and 1 or 0\" " + $"1 {{{_prefix}}}:v1:");

    private static async Task<bool> FoundAsync(FabricHost host, StreamOwner owner) => await host.Streams.FindAsync(owner.StreamId, default) == owner;

    private static async Task RestartEmptyAsync(RedisServer server, params FabricHost[] hosts)
    {
        server.Kill();
        await Wait.UntilAsync(() => hosts.All(h => !h.State.Reachable), () => "the loss to be noticed");
        await server.RestartAsync();
        await Wait.UntilAsync(() => hosts.All(h => h.State.Reachable), () => "all to be back by themselves");
    }

    private static async Task AssertFastAsync(Func<Task> call)
    {
        var start = TimeProvider.System.GetTimestamp();
        await call();
        var took = TimeProvider.System.GetElapsedTime(start);
        Assert.True(took < CallLimit, $"Took {took.TotalSeconds:F1} s.");
    }

    private static async Task<RedisServer> OwnServerAsync()
    {
        RedisServer.SkipIfMissing();
        return await RedisServer.StartAsync();
    }

    private async Task<FabricHost> StartAsync(string connectionString, params (string Key, string Value)[] settings)
    {
        var host = await FabricHost.StartRedisAsync(connectionString, _prefix, settings);
        await Wait.UntilAsync(() => host.State.Reachable, () => "shared state");
        return host;
    }
}
