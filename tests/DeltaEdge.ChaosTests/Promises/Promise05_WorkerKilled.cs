using DeltaEdge.ChaosTests.Fixtures;

namespace DeltaEdge.ChaosTests.Promises;

/// <summary>A worker killed outright: asks in flight are tried once more elsewhere, its cameras answer elsewhere soon, and no answer is lost or told twice.</summary>
public sealed class Promise05_WorkerKilled(Findings findings)
{
    private const int CameraCount = 4;
    private const double FailoverSeconds = 5;

    /// <summary>What is asserted where the machine does other things as well.</summary>
    private const double FailoverSecondsBusy = 20;

    [Fact]
    public async Task UnderLoad_NoAskFailsAndCamerasAnswerElsewhere()
    {
        await using var cluster = await ChaosCluster.StartAsync();
        for (var i = 0; i < CameraCount; i++)
        {
            await cluster.AddStreamAsync(Cameras.Clip($"c{i}", i, fps: 2));
        }

        var readers = Enumerable.Range(0, CameraCount).Select(i => AnswerReader.Start(cluster.Gateways, $"c{i}")).ToArray();
        try
        {
            foreach (var reader in readers)
            {
                await reader.NextAsync(TimeSpan.Zero, e => e.IsAnswer);
            }

            var victim = cluster.Local.Workers[0];
            var moved = readers.Where(r => r.Answers.Last().Worker == victim.Name).ToArray();
            Assert.NotEmpty(moved);
            using var load = ChatLoad.Start(cluster.Gateways, perSecond: 10, new ChatTerms("flex", 1, 144));
            await Wait.ForAsync(TimeSpan.FromSeconds(3));

            var killed = load.Elapsed;
            var killedAt = readers.Select(r => r.Elapsed).ToArray();
            await victim.KillAsync();

            var slowest = TimeSpan.Zero;
            foreach (var reader in moved)
            {
                var at = killedAt[Array.IndexOf(readers, reader)];
                var next = await reader.NextAsync(at, e => e.IsAnswer && e.Worker != victim.Name);
                slowest = next.At - at > slowest ? next.At - at : slowest;
            }

            await Wait.ForAsync(TimeSpan.FromSeconds(3));
            var asks = await load.FinishAsync();
            var after = asks.Where(a => a.Due > killed - TimeSpan.FromSeconds(1)).ToArray();
            findings.Add(5, "asks around the kill of a worker", $"{Outcomes.Statuses(asks)}, {Outcomes.Attainment(asks):P1} on time", "none fails");
            findings.Add(5, "slowest ask from a second before the kill", $"{after.Max(a => a.LatencyMs):F0} ms");
            findings.Add(5, "cameras of the killed worker answered elsewhere after", $"{slowest.TotalSeconds:F2} s, slowest of {moved.Length}", $"{FailoverSeconds:F0} s");
            Outcomes.AssertNoneFailed(asks, 200);
            Assert.InRange(slowest.TotalSeconds, 0, FailoverSecondsBusy);

            foreach (var reader in readers)
            {
                await NothingLostAsync(cluster, reader);
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

    /// <summary>What the reader got by itself is what the log holds: each id once, in order, none between left out.</summary>
    private static async Task NothingLostAsync(ChaosCluster cluster, AnswerReader reader)
    {
        var read = reader.Entries;
        Assert.DoesNotContain(read, e => e.Event == "gap");
        var ids = read.Select(e => e.Id).ToArray();
        Assert.Equal(ids.Distinct().Order(), ids);
        var answers = read.Where(e => e.IsAnswer).ToDictionary(e => e.Id, e => e.Data.GetProperty("frame_index").GetInt64());
        var page = await cluster.GetAsync($"/v1/streams/{reader.StreamId}/answers?limit=500&after={ids[0] - 1}");
        foreach (var kept in page.GetProperty("data").EnumerateArray())
        {
            var id = kept.GetProperty("id").GetInt64();
            if (id <= ids[^1])
            {
                Assert.True(answers.ContainsKey(id), $"{reader.StreamId}: answer {id} is in the log but was not read; read were {ids[0]} to {ids[^1]}.");
                Assert.Equal(answers[id], kept.GetProperty("frame_index").GetInt64());
            }
        }
    }
}
