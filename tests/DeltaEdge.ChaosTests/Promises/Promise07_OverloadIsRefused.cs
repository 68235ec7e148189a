using DeltaEdge.ChaosTests.Fixtures;

namespace DeltaEdge.ChaosTests.Promises;

/// <summary>Demand beyond what one visual token can serve: refusals say when to come back, the lowest class goes first, memory stays bounded.</summary>
public sealed class Promise07_OverloadIsRefused(Findings findings)
{
    private const double MostGrowthMiB = 250;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    [Fact(Explicit = true)]
    public async Task FarBeyondOneToken_RefusesWithRetryAfterLowestClassFirst()
    {
        await using var cluster = await ChaosCluster.StartAsync();
        using (var warm = ChatLoad.Start(cluster.Gateways, perSecond: 30, new ChatTerms("default", 1, 1)))
        {
            await Wait.ForAsync(TimeSpan.FromSeconds(3));
            await warm.FinishAsync();
        }

        var before = cluster.Local.Workers.Select(w => ProcessSample.Of(w.Id)!.ResidentMiB).ToArray();
        using var load = ChatLoad.Start(
            cluster.Gateways, perSecond: 300,
            new ChatTerms("priority", 1, 1, 500), new ChatTerms("default", 1, 1, 500), new ChatTerms("flex", 1, 1, 500));
        var peak = before.ToArray();
        while (load.Elapsed < Length)
        {
            await Wait.ForAsync(TimeSpan.FromMilliseconds(500));
            for (var i = 0; i < peak.Length; i++)
            {
                peak[i] = Math.Max(peak[i], ProcessSample.Of(cluster.Local.Workers[i].Id)!.ResidentMiB);
            }
        }

        var asks = await load.FinishAsync();
        var refused = asks.Where(a => a.Status == 503).ToArray();
        Outcomes.AssertNoneFailed(asks, 200, 503, 504);
        Assert.NotEmpty(refused);
        Assert.All(refused, r => Assert.True(int.TryParse(r.RetryAfter, out var seconds) && seconds >= 1, $"Retry-After is '{r.RetryAfter}': {r.Problem}"));

        double Served(string slaClass)
        {
            var some = asks.Where(a => a.SlaClass == slaClass).ToArray();
            return (double)some.Count(a => a.Status == 200) / some.Length;
        }

        var (priority, standard, flex) = (Served("priority"), Served("default"), Served("flex"));
        var growth = peak.Zip(before, (p, b) => p - b).Max();
        findings.Add(7, "asks at 300 a second of one token each", $"{Outcomes.Statuses(asks)}", "200, 503 and 504 only; every 503 with Retry-After");
        findings.Add(7, "share served: priority, default, flex", $"{priority:P1}, {standard:P1}, {flex:P1}", "falls with the class");
        findings.Add(7, "most growth of a worker's memory", $"{growth:F0} MiB", $"{MostGrowthMiB:F0} MiB");
        Assert.True(priority >= standard && standard >= flex, $"Served are priority {priority:P1}, default {standard:P1}, flex {flex:P1}.");
        Assert.InRange(growth, double.NegativeInfinity, MostGrowthMiB);
    }
}
