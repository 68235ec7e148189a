using DeltaEdge.ChaosTests.Fixtures;
using DeltaEdge.Cli.Cluster;

namespace DeltaEdge.ChaosTests.Promises;

/// <summary>Controllers killed or paused: the data plane steers by itself, and two never lead at once.</summary>
public sealed class Promise06_ControllerLost(Findings findings)
{
    private const string Leading = "state=\"leading\"";

    [Fact(Explicit = true)]
    public async Task LeaderPausedThenAllKilled_AsksGoOnAndOneLeads()
    {
        await using var cluster = await ChaosCluster.StartAsync(o => o with { Controllers = 2 });
        await Wait.UntilAsync(async () => await LeadersAsync(cluster) == 1, () => "one of two controllers to lead");
        using var load = ChatLoad.Start(cluster.Gateways, perSecond: 8, new ChatTerms("flex"));
        var versions = new List<long>();

        // Paused long enough to lose its lease: the other takes over.
        var first = await LeaderAsync(cluster);
        var other = cluster.Local.Controllers.Single(c => c != first);
        first.Signal(ChildSignals.Pause);
        var takeover = await Wait.UntilAsync(async () => await IsLeadingAsync(cluster, other), () => "the second controller to take over");
        await SampleAsync(cluster, versions, TimeSpan.FromSeconds(3), mustLead: other);

        // Woken, it must find out before it publishes: versions only rise, and one of the two leads.
        first.Signal(ChildSignals.Continue);
        await SampleAsync(cluster, versions, TimeSpan.FromSeconds(4), mustLead: null);
        await Wait.UntilAsync(async () => await LeadersAsync(cluster) == 1, () => "one leader after the first has woken");
        Assert.Equal(versions.Order(), versions);

        foreach (var controller in cluster.Local.Controllers)
        {
            await controller.KillAsync();
        }

        await Wait.ForAsync(TimeSpan.FromSeconds(6));
        var asks = await load.FinishAsync();
        Outcomes.AssertNoneFailed(asks, 200);
        findings.Add(6, "leading controller paused: the other leads after", $"{takeover.TotalSeconds:F2} s", "lease 3 s, and a try");
        findings.Add(6, "plan versions seen through pause and waking", $"{versions.Distinct().Count()}, rising", "never fall");
        findings.Add(6, "asks while leaders were paused and killed", $"{Outcomes.Statuses(asks)}, {Outcomes.Attainment(asks):P1} on time", "none fails");
    }

    private static async Task SampleAsync(ChaosCluster cluster, List<long> versions, TimeSpan length, RoleProcess? mustLead)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < length)
        {
            var status = await cluster.GetAsync("/v1/status");
            if (status.GetProperty("plan") is { ValueKind: System.Text.Json.JsonValueKind.Object } plan)
            {
                versions.Add(plan.GetProperty("version").GetInt64());
            }

            Assert.True(mustLead is null || await IsLeadingAsync(cluster, mustLead), "The controller that took over stopped leading.");
            await Wait.ForAsync(TimeSpan.FromMilliseconds(100));
        }
    }

    private static async Task<bool> IsLeadingAsync(ChaosCluster cluster, RoleProcess controller) =>
        await cluster.MetricAsync(controller, "deltaedge_controller_state", Leading) == 1;

    private static async Task<int> LeadersAsync(ChaosCluster cluster)
    {
        var leaders = 0;
        foreach (var controller in cluster.Local.Controllers)
        {
            leaders += await IsLeadingAsync(cluster, controller) ? 1 : 0;
        }

        return leaders;
    }

    private static async Task<RoleProcess> LeaderAsync(ChaosCluster cluster)
    {
        foreach (var controller in cluster.Local.Controllers)
        {
            if (await IsLeadingAsync(cluster, controller))
            {
                return controller;
            }
        }

        throw new InvalidOperationException("No controller leads.");
    }
}
