using System.Text.Json;
using DeltaEdge.ChaosTests.Fixtures;
using DeltaEdge.Cli.Cluster;

namespace DeltaEdge.ChaosTests.Promises;

/// <summary>Redis slow, paused, cut off, or restarted empty, and clocks that disagree: asks and cameras go on, and recovery does not oscillate.</summary>
public sealed class Promise04_SharedStateLost(Findings findings)
{
    private const double PerSecond = 6;
    private const int CameraCount = 4;
    private static readonly TimeSpan Fault = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task RestartedEmpty_AsksAndCamerasGoOn()
    {
        await using var cluster = await ChaosCluster.StartAsync();
        await HoldsAsync(cluster, "restarted empty", async () => await cluster.Redis.StartAgainAsync(TestContext.Current.CancellationToken), keepsOwners: false);
    }

    [Fact(Explicit = true)]
    public async Task Gone_AsksAndCamerasGoOn()
    {
        await using var cluster = await ChaosCluster.StartAsync();
        await HoldsAsync(cluster, "gone for 8 s, back empty", async () =>
        {
            await cluster.Redis.KillAsync();
            await Wait.ForAsync(Fault);
            await cluster.Redis.StartAgainAsync(TestContext.Current.CancellationToken);
        }, keepsOwners: false);
    }

    [Fact(Explicit = true)]
    public async Task Paused_AsksAndCamerasGoOn()
    {
        await using var cluster = await ChaosCluster.StartAsync();
        await HoldsAsync(cluster, "paused for 8 s", async () =>
        {
            cluster.Redis.Signal(ChildSignals.Pause);
            await Wait.ForAsync(Fault);
            cluster.Redis.Signal(ChildSignals.Continue);
        }, keepsOwners: false);
    }

    [Theory(Explicit = true)]
    [InlineData(150)]
    [InlineData(2000)]
    public async Task Slow_AsksAndCamerasGoOn(int delayMs)
    {
        await using var redis = await RedisProcess.StartAsync(Directory.CreateTempSubdirectory("deltaedge-redis-").FullName, TestContext.Current.CancellationToken);
        await using var proxy = new FaultyTcp(redis.Port);
        await using var cluster = await ChaosCluster.StartAsync(o => o with { Redis = proxy.ConnectionString });
        await HoldsAsync(cluster, $"slowed by {delayMs} ms each way for 8 s", async () =>
        {
            proxy.DelayMs = delayMs;
            await Wait.ForAsync(Fault);
            proxy.DelayMs = 0;
        }, keepsOwners: delayMs < 200);
    }

    [Fact(Explicit = true)]
    public async Task Cut_AsksAndCamerasGoOn()
    {
        await using var redis = await RedisProcess.StartAsync(Directory.CreateTempSubdirectory("deltaedge-redis-").FullName, TestContext.Current.CancellationToken);
        await using var proxy = new FaultyTcp(redis.Port);
        await using var cluster = await ChaosCluster.StartAsync(o => o with { Redis = proxy.ConnectionString });
        await HoldsAsync(cluster, "every connection cut, five times", async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                proxy.CutAll();
                await Wait.ForAsync(TimeSpan.FromSeconds(1));
            }
        }, keepsOwners: true);
    }

    /// <summary>Load and cameras run before, through and after a fault of shared state.</summary>
    private async Task HoldsAsync(ChaosCluster cluster, string fault, Func<Task> happens, bool keepsOwners)
    {
        for (var i = 0; i < CameraCount; i++)
        {
            await cluster.AddStreamAsync(Cameras.Clip($"c{i}", i, fps: 1));
        }

        var readers = Enumerable.Range(0, CameraCount).Select(i => AnswerReader.Start(cluster.Gateways, $"c{i}")).ToArray();
        try
        {
            foreach (var reader in readers)
            {
                await reader.NextAsync(TimeSpan.Zero, e => e.IsAnswer);
            }

            var owners = readers.Select(r => r.Answers.Last().Worker).ToArray();
            var switchesBefore = await SwitchesAsync(cluster);
            using var load = ChatLoad.Start(cluster.Gateways, PerSecond, new ChatTerms("flex", 1, 64));
            await Wait.ForAsync(TimeSpan.FromSeconds(2));

            await happens();

            // Every camera is answered about again, first from what is new after the fault.
            var slowest = TimeSpan.Zero;
            foreach (var reader in readers)
            {
                var after = reader.Elapsed;
                var next = await reader.NextAsync(after, e => e.IsAnswer);
                slowest = next.At - after > slowest ? next.At - after : slowest;
            }

            await Wait.ForAsync(Settle);
            var asks = await load.FinishAsync();
            Outcomes.AssertNoneFailed(asks, 200);
            var switches = await SwitchesAsync(cluster) - switchesBefore;
            findings.Add(4, $"Redis {fault}: asks answered", $"{Outcomes.Statuses(asks)}, {Outcomes.Attainment(asks):P1} on time", "all answered");
            findings.Add(4, $"Redis {fault}: cameras answered about again after", $"{slowest.TotalSeconds:F2} s");
            findings.Add(4, $"Redis {fault}: changes of the plan's price", $"{switches}", "at most 2");
            Assert.InRange(switches, 0, 2);

            // Answers come in order, and again from one worker each: the same as before where claims could be kept.
            for (var i = 0; i < readers.Length; i++)
            {
                var ids = readers[i].Entries.Select(e => e.Id).ToArray();
                Assert.Equal(ids.Distinct(), ids);
                var last = readers[i].Answers.TakeLast(3).Select(a => a.Worker).Distinct().ToArray();
                Assert.True(last.Length == 1, $"c{i} is answered by {string.Join(" and ", last)} at once.");
                Assert.True(!keepsOwners || last[0] == owners[i], $"c{i} moved from {owners[i]} to {last[0]}.");
            }
        }
        finally
        {
            foreach (var reader in readers)
            {
                await reader.DisposeAsync();
            }
        }
    }

    private static async Task<int> SwitchesAsync(ChaosCluster cluster)
    {
        var changes = 0d;
        await Wait.UntilAsync(
            async () => !double.IsNaN(await cluster.MetricAsync(cluster.Local.Controllers[0], "deltaedge_plan_version")),
            () => "a controller that tells of its plan: no answer is not no change");
        foreach (var controller in cluster.Local.Controllers)
        {
            var some = await cluster.MetricAsync(controller, "deltaedge_plan_changes_total");
            changes += double.IsNaN(some) ? 0 : some;
        }

        return (int)changes;
    }
}
