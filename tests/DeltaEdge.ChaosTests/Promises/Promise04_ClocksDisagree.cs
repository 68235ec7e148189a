using System.Text.Json;
using DeltaEdge.ChaosTests.Fixtures;

namespace DeltaEdge.ChaosTests.Promises;

/// <summary>Workers whose wall clocks are minutes apart serve as one fleet: nothing between processes goes by a wall clock.</summary>
public sealed class Promise04_ClocksDisagree(Findings findings)
{
    [Theory(Explicit = true)]
    [InlineData("+7m")]
    [InlineData("-7m")]
    public async Task OneWorkerMinutesOff_NothingChanges(string offset)
    {
        var skew = SkewedClock.By(offset);
        await using var cluster = await ChaosCluster.StartAsync(o => o with { Workers = 1 });
        var skewed = await cluster.AddWorkerAsync("skewed", skew);
        await cluster.WaitForWorkersAsync(2);
        for (var i = 0; i < 4; i++)
        {
            await cluster.AddStreamAsync(Cameras.Clip($"c{i}", i, fps: 1));
        }

        using var load = ChatLoad.Start(cluster.Gateways, perSecond: 8, new ChatTerms("flex", 1, 144, DeadlineMs: 30_000));
        await Wait.ForAsync(TimeSpan.FromSeconds(10));
        var asks = await load.FinishAsync();
        Outcomes.AssertNoneFailed(asks, 200);
        var workers = asks.GroupBy(a => a.Worker).ToDictionary(g => g.Key!, g => g.Count());
        Assert.True(workers.GetValueOrDefault("skewed") > 0, $"The skewed worker got nothing to do: {string.Join(", ", workers)}. It said: {skewed.Tail}");
        Assert.All(asks, a => Assert.InRange(a.CaptureAgeMs, 0, 60_000));

        var skews = new List<TimeSpan>();
        for (var i = 0; i < 4; i++)
        {
            var page = default(JsonElement);
            await Wait.UntilAsync(
                async () => (page = (await cluster.GetAsync($"/v1/streams/c{i}/answers?limit=1")).GetProperty("data")).GetArrayLength() > 0,
                () => $"an answer of camera c{i}; the skewed worker said: {skewed.Tail}");
            var answer = page[0];
            Assert.InRange(answer.GetProperty("deltaedge").GetProperty("capture_age_ms").GetDouble(), 0, 60_000);
            if (answer.GetProperty("deltaedge").GetProperty("worker").GetString() == "skewed")
            {
                skews.Add((answer.GetProperty("captured_at").GetDateTimeOffset() - TimeProvider.System.GetUtcNow()).Duration());
            }
        }

        Assert.All(skews, s => Assert.True(s > TimeSpan.FromMinutes(5), $"The worker's clock is only {s} off: libfaketime does not reach it."));
        findings.Add(4, $"one worker's clock {offset}: asks", $"{Outcomes.Statuses(asks)}, {workers["skewed"]} by the skewed worker, {Outcomes.Attainment(asks):P1} on time; {skews.Count} of 4 cameras by it", "none fails");
    }
}
