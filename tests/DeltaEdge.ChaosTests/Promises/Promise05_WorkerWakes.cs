using DeltaEdge.ChaosTests.Fixtures;
using DeltaEdge.Cli.Cluster;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.ChaosTests.Promises;

/// <summary>A worker that stands still: its asks end by their deadlines. One that wakes up past its lease: its cameras are another's, what it still writes is refused, and no reader sees a trace of it.</summary>
public sealed class Promise05_WorkerWakes(Findings findings)
{
    private const int CameraCount = 4;

    /// <summary>The gateway's default, DeltaEdge:Gateway:AnswerGraceMs, and as much again for a client on a machine that does other things as well.</summary>
    private const double PastDeadlineMs = 2000;

    [Fact]
    public async Task AsksWhileItIsPaused_EndByTheirDeadlines()
    {
        await using var cluster = await ChaosCluster.StartAsync();
        using var load = ChatLoad.Start(cluster.Gateways, perSecond: 6, new ChatTerms("default", 1, 16), new ChatTerms("flex", 1, 16));
        await Wait.ForAsync(TimeSpan.FromSeconds(2));
        var zombie = cluster.Local.Workers[0];

        var paused = load.Elapsed;
        zombie.Signal(ChildSignals.Pause);

        // More at once than the other worker is preferred for: asks that can wait until the fleet has given it up are sure to be among its.
        using var burst = ChatLoad.Start(cluster.Gateways, perSecond: 40, new ChatTerms("flex", 1, 16));
        await Wait.ForAsync(TimeSpan.FromSeconds(0.5));
        var atOnce = await burst.FinishAsync();
        await Wait.UntilAsync(() => load.Elapsed - paused > TimeSpan.FromSeconds(10), () => "ten seconds of pause");
        zombie.Signal(ChildSignals.Continue);

        AskResult[] asks = [.. (await load.FinishAsync()).Where(a => a.Due > paused - TimeSpan.FromSeconds(1)), .. atOnce];
        var past = asks.Max(a => a.LatencyMs - SlaCatalog.Default.Find(a.SlaClass)!.DeadlineMs);
        var retried = (await Task.WhenAll(cluster.Local.Gateways.Select(g => cluster.MetricAsync(g, "deltaedge_gateway_retries_total", "outcome=\"answered\"")))).Where(double.IsFinite).Sum();
        findings.Add(5, "asks while a worker is paused: the longest past its deadline", $"{past:F0} ms", $"{PastDeadlineMs:F0} ms");
        foreach (var ofClass in asks.GroupBy(a => a.SlaClass))
        {
            findings.Add(5, $"asks while a worker is paused, {ofClass.Key}", $"{Outcomes.Statuses(ofClass)}");
        }

        findings.Add(5, "asks of a paused worker that another answered", $"{retried:F0}", "1 at least");
        Outcomes.AssertNoneFailed(asks, 200, 503, 504);
        Assert.True(past <= PastDeadlineMs, $"An ask ended {past:F0} ms after its deadline.");
        Assert.True(retried >= 1, "No ask of the paused worker was answered by the other one.");
    }

    [Fact]
    public async Task PausedPastItsLease_NothingOfItIsReadAnyMore()
    {
        await using var cluster = await ChaosCluster.StartAsync(o => o with { Settings = new Dictionary<string, string> { ["DeltaEdge:Placement:StableSeconds"] = "3600" } });
        for (var i = 0; i < CameraCount; i++)
        {
            await cluster.AddStreamAsync(Cameras.Clip($"c{i}", i, fps: 4));
        }

        var readers = Enumerable.Range(0, CameraCount).Select(i => AnswerReader.Start(cluster.Gateways, $"c{i}")).ToArray();
        try
        {
            foreach (var reader in readers)
            {
                await reader.NextAsync(TimeSpan.Zero, e => e.IsAnswer);
            }

            var zombie = cluster.Local.Workers[0];
            var moved = readers.Where(r => r.Answers.Last().Worker == zombie.Name).ToArray();
            Assert.NotEmpty(moved);
            zombie.Signal(ChildSignals.Pause);
            await Task.WhenAll(moved.Select(r => r.NextAsync(TimeSpan.Zero, e => e.IsAnswer && e.Worker != zombie.Name)));

            zombie.Signal(ChildSignals.Continue);
            await Wait.UntilAsync(
                () => moved.All(r => zombie.Tail.Contains($"Stream {r.StreamId} is {cluster.Local.Workers[1].Name}'s now", StringComparison.Ordinal)),
                () => $"the woken worker to let go of {string.Join(", ", moved.Select(r => r.StreamId))}; it said:\n{zombie.Tail}");
            await Task.WhenAll(moved.Select(r => r.NextAsync(r.Elapsed, e => e.IsAnswer)));

            var late = 0;
            foreach (var reader in moved)
            {
                var answers = reader.Answers.ToArray();
                late += answers.SkipWhile(a => a.Worker == zombie.Name).Count(a => a.Worker == zombie.Name);
                var captured = answers.Select(a => a.Data.GetProperty("captured_at").GetDateTimeOffset()).ToArray();
                Assert.Equal(captured.Order(), captured);
                await reader.AssertNothingLostAsync(cluster);
            }

            findings.Add(5, "worker paused past its lease and woken: answers of it after another's", $"{late}, over {moved.Length} cameras", "0");
            Assert.Equal(0, late);
        }
        finally
        {
            foreach (var reader in readers)
            {
                await reader.DisposeAsync();
            }
        }
    }
}
