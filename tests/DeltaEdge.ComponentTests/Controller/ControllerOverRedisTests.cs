using System.Net;
using DeltaEdge.ComponentTests.Fabric;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Core.Planning;

namespace DeltaEdge.ComponentTests.Controller;

/// <summary>Controllers as processes, workers played by the test, Redis between them.</summary>
public sealed class ControllerOverRedisTests(RedisServerFixture redis)
{
    private readonly string _prefix = $"controller-{Guid.NewGuid():N}";
    private static readonly (string, string)[] Bounds = [("Controller:HighUtilisation", "1.1"), ("Controller:LowUtilisation", "0.95")];

    private long _sequence;

    [Fact]
    public async Task LoadRises_PlanStepsDownAndMetricsSaySo()
    {
        await using var worker = await StartWorkerAsync();
        using var controller = await HostProcess.StartAsync("DeltaEdge.Controller", redis.ConnectionString, [("Fabric:KeyPrefix", _prefix), .. Bounds]);
        using var client = new HttpClient { BaseAddress = controller.Address };
        await PlanAsync(worker, 1, p => p.Classes["default"].Ceiling == 576);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz/ready")).StatusCode);

        await PlanAsync(worker, 15, p => p.Classes["default"].Ceiling == 64);

        var metrics = await client.GetStringAsync("/metrics");
        Assert.Contains("deltaedge_plan_ceiling_tokens{sla_class=\"default\"} 64\n", metrics, StringComparison.Ordinal);
        Assert.Contains("deltaedge_controller_state{state=\"leading\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("deltaedge_shared_state_workers 1\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeaderKilled_AnotherGoesOnWithHigherVersions()
    {
        await using var worker = await StartWorkerAsync();
        using var first = await HostProcess.StartAsync("DeltaEdge.Controller", redis.ConnectionString, [("Fabric:KeyPrefix", _prefix), ("Fabric:LeaderTtlMs", "1000"), .. Bounds]);
        var before = await PlanAsync(worker, 15, p => p.Classes["default"].Ceiling == 64);
        using var second = await HostProcess.StartAsync("DeltaEdge.Controller", redis.ConnectionString, [("Fabric:KeyPrefix", _prefix), ("Fabric:LeaderTtlMs", "1000"), .. Bounds]);
        using var client = new HttpClient { BaseAddress = second.Address };
        await Wait.UntilAsync(
            async () => (await client.GetStringAsync("/metrics")).Contains("deltaedge_controller_state{state=\"standby\"} 1\n", StringComparison.Ordinal), () => "the second to stand by");

        first.Kill();

        await Wait.UntilAsync(
            async () =>
            {
                await ReportAsync(worker, 15);
                return (await client.GetStringAsync("/metrics")).Contains("deltaedge_controller_state{state=\"leading\"} 1\n", StringComparison.Ordinal);
            },
            () => "the second to lead");
        var after = await PlanAsync(worker, 15, p => p.Version > before.Version + 1);
        Assert.Equal(before.Classes["default"], after.Classes["default"]);
    }

    [Fact]
    public async Task LeaderPaused_AnotherLeadsAndItStandsByWhenItWakes()
    {
        await using var worker = await StartWorkerAsync();
        using var first = await HostProcess.StartAsync("DeltaEdge.Controller", redis.ConnectionString, [("Fabric:KeyPrefix", _prefix), ("Fabric:LeaderTtlMs", "1000"), .. Bounds]);
        await PlanAsync(worker, 15, p => p.Classes["default"].Ceiling == 64);
        first.Pause();
        using var second = await HostProcess.StartAsync("DeltaEdge.Controller", redis.ConnectionString, [("Fabric:KeyPrefix", _prefix), ("Fabric:LeaderTtlMs", "60000"), .. Bounds]);
        await StateAsync(second, "leading");
        var before = await PlanAsync(worker, 15, p => p.Classes["default"].Ceiling == 64);

        first.Resume();
        await StateAsync(first, "standby");

        await PlanAsync(worker, 15, p => p.Version > before.Version + 2);
        await StateAsync(second, "leading");
        await StateAsync(first, "standby");

        async Task StateAsync(HostProcess controller, string state)
        {
            using var client = new HttpClient { BaseAddress = controller.Address };
            await Wait.UntilAsync(
                async () => (await client.GetStringAsync("/metrics")).Contains($"deltaedge_controller_state{{state=\"{state}\"}} 1\n", StringComparison.Ordinal),
                () => $"state {state}");
        }
    }

    [Fact]
    public async Task Shadow_PublishesNothing()
    {
        await using var worker = await StartWorkerAsync();
        using var controller = await HostProcess.StartAsync("DeltaEdge.Controller", redis.ConnectionString, [("Fabric:KeyPrefix", _prefix), ("Controller:Shadow", "true"), .. Bounds]);
        using var client = new HttpClient { BaseAddress = controller.Address };

        await Wait.UntilAsync(
            async () =>
            {
                await ReportAsync(worker, 15);
                return (await client.GetStringAsync("/metrics")).Contains("deltaedge_plan_ceiling_tokens{sla_class=\"default\"} 64\n", StringComparison.Ordinal);
            },
            () => "the shadow to decide");

        Assert.Null(worker.Plans.Latest);
    }

    [Fact]
    public async Task RedisOutOfReach_IsLiveButNotReadyAndSaysWhy()
    {
        RedisServer.SkipIfMissing();
        await using var server = await RedisServer.StartAsync();
        server.Kill();
        using var controller = await HostProcess.StartAsync("DeltaEdge.Controller", server.ConnectionString, [("Fabric:KeyPrefix", _prefix), .. Bounds]);
        using var client = new HttpClient { BaseAddress = controller.Address };

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz/live")).StatusCode);
        var ready = await client.GetAsync("/healthz/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        var body = await ready.Content.ReadAsStringAsync();
        Assert.Contains("\"status\":\"not_ready\"", body, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"shared_state\"", body, StringComparison.Ordinal);

        await server.RestartAsync();

        await Wait.UntilAsync(async () => (await client.GetAsync("/healthz/ready")).IsSuccessStatusCode, () => "readiness");
    }

    private async Task<FabricHost> StartWorkerAsync()
    {
        var host = await FabricHost.StartRedisAsync(redis.ConnectionString, _prefix);
        await Wait.UntilAsync(() => host.State.Reachable, () => "shared state");
        return host;
    }

    private async Task ReportAsync(FabricHost worker, double perSecond) =>
        await worker.Workers.PublishAsync(FabricSamples.Report("w1", ++_sequence, perSecond) with { Demand = [Cell(perSecond)] }, default);

    private static DemandCell Cell(double perSecond) => new()
    {
        SlaClass = "default",
        Range = new(1, 576),
        FramesPerSecond = perSecond,
        QuestionsPerSecond = perSecond,
        Values = [0.80, 0.74, 0.68, 0.64, 0.58, 0.50, 0.42],
    };

    /// <summary>Reports that load until a plan as wanted is there.</summary>
    private async Task<BudgetPlan> PlanAsync(FabricHost worker, double perSecond, Predicate<BudgetPlan> wanted)
    {
        await Wait.UntilAsync(
            async () =>
            {
                await ReportAsync(worker, perSecond);
                return worker.Plans.Latest is { } plan && wanted(plan);
            },
            () => $"a plan for {perSecond} asks a second; the last one is {worker.Plans.Latest}");
        return worker.Plans.Latest!;
    }
}
