using DeltaEdge.ChaosTests.Fixtures;

namespace DeltaEdge.ChaosTests.Promises;

/// <summary>Once a worker is ready it builds no graph any more, whatever budgets, images and cameras come.</summary>
public sealed class Promise09_NoBuildsAfterReady(Findings findings)
{
    private const string Builds = "deltaedge_engine_builds_total";

    [Fact(Explicit = true)]
    public async Task AllBudgetsAndCameras_BuildNothing()
    {
        await using var cluster = await ChaosCluster.StartAsync();
        var before = await BuildsAsync(cluster);
        Assert.All(before, b => Assert.True(b > 0, "The worker counts no builds at start."));

        await cluster.AddStreamAsync(Cameras.Clip("c0", 0, fps: 2));
        await cluster.AddStreamAsync(Cameras.Clip("c1", 1, fps: 2));
        var terms = ((int[])[1, 4, 16, 36, 64, 144, 576]).Select(b => new ChatTerms("flex", b, b)).ToArray();
        using var load = ChatLoad.Start(cluster.Gateways, perSecond: 10, terms);
        await Wait.ForAsync(TimeSpan.FromSeconds(10));
        var asks = await load.FinishAsync();

        var budgets = asks.Where(a => a.Status == 200).Select(a => a.Budget).Distinct().Order().ToArray();
        Assert.Equal([1, 4, 16, 36, 64, 144, 576], budgets);
        Assert.Equal(before, await BuildsAsync(cluster));
        findings.Add(9, "graphs built after ready", $"0, over {asks.Length} asks at {budgets.Length} budgets", "0");
    }

    private static async Task<double[]> BuildsAsync(ChaosCluster cluster)
    {
        var builds = new List<double>();
        foreach (var worker in cluster.Local.Workers)
        {
            builds.Add(await cluster.MetricAsync(worker, Builds));
        }

        return [.. builds];
    }
}
