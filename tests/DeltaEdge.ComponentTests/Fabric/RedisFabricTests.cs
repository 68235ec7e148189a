using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Fabric.Plans;
using DeltaEdge.Fabric.Streams;

namespace DeltaEdge.ComponentTests.Fabric;

/// <summary>What only a store outside the process can do: expire, go away, come back empty.</summary>
public sealed class RedisFabricTests(RedisServerFixture redis)
{
    private readonly string _prefix = $"redis-{Guid.NewGuid():N}";

    [Fact]
    public async Task WorkerSilent_IsLostAndItsStreamsAreFree()
    {
        await using var dead = await StartAsync(redis.ConnectionString, ("ReportTtlMs", "400"), ("PollMs", "50"), ("TimeoutMs", "300"));
        await using var other = await StartAsync(redis.ConnectionString, ("ReportTtlMs", "400"), ("PollMs", "50"), ("TimeoutMs", "300"));
        var sequence = 0;
        var first = new StreamClaim(ClaimOutcome.Unavailable, null);
        await Wait.UntilAsync(async () =>
        {
            await dead.Workers.PublishAsync(FabricSamples.Report("dead", ++sequence), default); // It lives for as long as somebody has not seen it.
            first = first.Granted ? first : await dead.Streams.ClaimAsync("cam", "dead", default);
            return other.Streams.Find("cam") is not null;
        }, () => "the claim to be seen");

        await Told.UntilAsync(other.Workers.MembershipChanged, () => other.Workers.Known.IsEmpty, () => "the silent worker's loss");

        Assert.Null(other.Streams.Find("cam"));
        await other.Workers.PublishAsync(FabricSamples.Report("alive"), default);
        var second = await other.Streams.ClaimAsync("cam", "alive", default);
        Assert.True(second.Granted);
        Assert.True(second.Owner!.Fence > first.Owner!.Fence);
    }

    [Fact]
    public async Task PlanPastItsTimeToLive_IsNoPlan()
    {
        await using var host = await StartAsync(redis.ConnectionString);
        await host.PublishPlanAsync(FabricSamples.Plan(1, ttlMs: 300));
        await Wait.UntilAsync(() => host.Plans.Latest is not null, () => "the plan");

        await Wait.UntilAsync(() => host.Plans.Latest is null, () => "the plan to run out");
        Assert.Equal(new PlanReceipt(PlanOutcome.Older, 1), await host.PublishPlanAsync(FabricSamples.Plan(1)));
    }

    [Fact]
    public async Task TextThatDoesNotRead_LeavesTheRest()
    {
        await using var server = await OwnServerAsync();
        await using var host = await StartAsync(server.ConnectionString);
        await host.Workers.PublishAsync(FabricSamples.Report("good"), default);
        await server.CommandAsync($"SADD {{{_prefix}}}:v1:workers bad");
        await server.CommandAsync($"SET {{{_prefix}}}:v1:worker:bad nonsense");
        await host.PublishPlanAsync(FabricSamples.Plan(1));
        await server.CommandAsync($"SET {{{_prefix}}}:v1:plan nonsense");
        await host.Workers.PublishAsync(FabricSamples.Report("good", sequence: 2), default);

        await Wait.UntilAsync(() => host.Workers.Live is [{ Sequence: 2 }], () => "the good report");
    }

    [Fact]
    public async Task RedisAway_CallsFailFastAndTheKnownIsKept()
    {
        await using var server = await OwnServerAsync();
        await using var host = await StartAsync(server.ConnectionString, ("ReportTtlMs", "500"), ("PollMs", "50"), ("TimeoutMs", "400"));
        await host.PublishPlanAsync(FabricSamples.Plan(1));
        var sequence = 0;
        await Wait.UntilAsync(async () =>
        {
            await host.Workers.PublishAsync(FabricSamples.Report("w1", ++sequence), default);
            return host.Workers.Live.Length == 1 && host.Plans.Latest is not null;
        }, () => "report and plan");

        server.Kill();
        await Wait.UntilAsync(() => !host.State.Reachable, () => "the loss to be noticed");

        await AssertFastAsync(async () => Assert.False(await host.Workers.PublishAsync(FabricSamples.Report("w1", ++sequence), default)));
        await AssertFastAsync(async () => Assert.Equal(PlanOutcome.Unavailable, (await host.PublishPlanAsync(FabricSamples.Plan(2))).Outcome));
        await AssertFastAsync(async () => Assert.Equal(ClaimOutcome.Unavailable, (await host.Streams.ClaimAsync("cam", "w1", default)).Outcome));
        await AssertFastAsync(async () => Assert.Null(await host.Streams.FindAsync("cam", default)));
        await AssertFastAsync(async () => Assert.Null(await host.Lease.TryHoldAsync("a", default)));
        await Wait.UntilAsync(() => host.Workers.Live.IsEmpty, () => "the report to grow old");
        Assert.Single(host.Workers.Known);
        Assert.Equal(1, host.Plans.Latest!.Version);
        await Wait.UntilAsync(() => host.State.Age > TimeSpan.FromSeconds(1), () => "the age to rise");
        Assert.Contains("deltaedge_shared_state_failures_total{operation=\"publish-report\"}", host.Metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("deltaedge_shared_state_age_seconds 0\n", host.Metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RedisRestartedEmpty_EverythingIsThereAgain()
    {
        await using var server = await OwnServerAsync();
        await using var worker = await StartAsync(server.ConnectionString, ("PollMs", "50"));
        await using var gateway = await StartAsync(server.ConnectionString, ("PollMs", "50"));
        await worker.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        await worker.Streams.ClaimAsync("cam", "w1", default);
        await Wait.UntilAsync(() => gateway.Streams.Find("cam") is not null, () => "the claim to be seen");
        var members = gateway.Workers.MembershipChanged();

        server.Kill();
        await Wait.UntilAsync(() => !worker.State.Reachable && !gateway.State.Reachable, () => "the loss to be noticed");
        await server.RestartAsync();
        await Wait.UntilAsync(() => worker.State.Reachable && gateway.State.Reachable, () => "both to reconnect by themselves");
        await Wait.UntilAsync(async () => await worker.Workers.PublishAsync(FabricSamples.Report("w1", 2), default), () => "a heartbeat to get through");

        await Wait.UntilAsync(() => gateway.Workers.Live is [{ Sequence: 2 }], () => "the worker's new heartbeat");
        await Wait.UntilAsync(() => gateway.Streams.Find("cam")?.WorkerId == "w1", () => "the claim to be made again");
        Assert.False(members.HasChanged, "The gateway lost sight of a worker that was there all the time.");
        await gateway.PublishPlanAsync(FabricSamples.Plan(1));
        await Told.UntilAsync(worker.Plans.PlanChanged, () => worker.Plans.Latest?.Version == 1, () => "a plan");
    }

    [Fact]
    public async Task RedisNotThereAtStart_IsFoundLater()
    {
        await using var server = await OwnServerAsync();
        server.Kill();
        await using var host = await FabricHost.StartRedisAsync(server.ConnectionString, _prefix);
        await Wait.UntilAsync(async () => !await host.Workers.PublishAsync(FabricSamples.Report("w1"), default), () => "a refusal");

        await server.RestartAsync();

        await Wait.UntilAsync(() => host.State.Reachable, () => "Redis to be found");
        Assert.True(await host.Workers.PublishAsync(FabricSamples.Report("w1"), default));
        await Told.UntilAsync(host.Workers.MembershipChanged, () => host.Workers.Live.Length == 1, () => "the report");
    }

    [Fact]
    public async Task PolledRarely_IsToldOfChangesAllTheSame()
    {
        await using var server = await OwnServerAsync();
        server.Kill();
        await using var host = await FabricHost.StartRedisAsync(server.ConnectionString, _prefix, ("PollMs", "10000"), ("ReportTtlMs", "60000"));
        await server.RestartAsync();
        await Wait.UntilAsync(() => host.State.Reachable, () => "Redis to be found");
        await Wait.UntilAsync(async () => await server.CommandAsync($"PUBLISH {{{_prefix}}}:v1:changes hello") == ":1", () => "the host to listen");
        var start = TimeProvider.System.GetTimestamp();
        await host.PublishPlanAsync(FabricSamples.Plan(1));

        await Told.UntilAsync(host.Plans.PlanChanged, () => host.Plans.Latest is not null, () => "the plan");

        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(5), "The plan was found by polling.");
    }

    [Fact]
    public async Task Heartbeat_IsToldAtOnceOnlyWhenItChangesWhoServes()
    {
        await using var server = await OwnServerAsync();
        await using var proxy = new SlowProxy(server.Port);
        await using var worker = await StartAsync(server.ConnectionString, ("PollMs", "10000"), ("ReportTtlMs", "60000"));
        await using var reader = await StartAsync(proxy.ConnectionString, ("PollMs", "10000"), ("ReportTtlMs", "60000"));
        await Wait.UntilAsync(async () => await server.CommandAsync($"PUBLISH {{{_prefix}}}:v1:changes hello") == ":2", () => "both to listen");
        var report = FabricSamples.Report("w1");
        await worker.Workers.PublishAsync(report, default);
        await Told.UntilAsync(reader.Workers.MembershipChanged, () => reader.Workers.Live.Length == 1, () => "the worker");

        var before = proxy.Answered;
        for (var i = 2; i <= 200; i++)
        {
            await worker.Workers.PublishAsync(report with { Sequence = i, QueueDepth = i }, default);
        }

        await worker.Workers.PublishAsync(report with { Sequence = 201, Draining = true }, default);
        await Told.UntilAsync(reader.Workers.MembershipChanged, () => reader.Workers.Live is [{ Draining: true }], () => "the draining");
        Assert.True(proxy.Answered - before < 5000, $"Heartbeats made a reader read {proxy.Answered - before} bytes.");
    }

    [Fact]
    public async Task FleetsWithDifferentPrefixes_DoNotMeet()
    {
        await using var one = await StartAsync(redis.ConnectionString);
        await using var other = await FabricHost.StartRedisAsync(redis.ConnectionString, _prefix + "-other");
        await Wait.UntilAsync(() => other.State.Reachable, () => "shared state");
        await one.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        await other.Workers.PublishAsync(FabricSamples.Report("w2"), default);

        await Wait.UntilAsync(() => one.Workers.Live.Length == 1 && other.Workers.Live.Length == 1, () => "one worker each");
        Assert.Equal("w1", one.Workers.Live[0].WorkerId);
        Assert.Equal("w2", other.Workers.Live[0].WorkerId);
    }

    private static async Task<RedisServer> OwnServerAsync()
    {
        RedisServer.SkipIfMissing();
        return await RedisServer.StartAsync();
    }

    private static async Task AssertFastAsync(Func<Task> call)
    {
        var start = TimeProvider.System.GetTimestamp();
        await call();
        var took = TimeProvider.System.GetElapsedTime(start);
        Assert.True(took < TimeSpan.FromSeconds(2), $"Took {took.TotalSeconds:F1} s.");
    }

    private async Task<FabricHost> StartAsync(string connectionString, params (string Key, string Value)[] settings)
    {
        var host = await FabricHost.StartRedisAsync(connectionString, _prefix, settings);
        await Wait.UntilAsync(() => host.State.Reachable, () => "shared state");
        return host;
    }
}
