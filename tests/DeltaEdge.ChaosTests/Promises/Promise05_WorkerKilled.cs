using System.Text.Json;
using DeltaEdge.ChaosTests.Fixtures;

namespace DeltaEdge.ChaosTests.Promises;

/// <summary>A worker killed outright: asks in flight are tried once more elsewhere, its cameras answer elsewhere soon, and no answer is lost or told twice.</summary>
public sealed class Promise05_WorkerKilled(Findings findings)
{
    private const int CameraCount = 4;
    private const double FailoverSeconds = 5;

    /// <summary>For a camera's own start on a machine that does other things as well: its reader's process and the first frame out of it.</summary>
    private const double CameraStartSeconds = 5;

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
            // No more than one worker of one thread bears beside the cameras on a slow machine: past that the lightest class gives way, rightly.
            using var load = ChatLoad.Start(cluster.Gateways, perSecond: 5, new ChatTerms("flex", 1, 144));
            await Wait.ForAsync(TimeSpan.FromSeconds(3));

            var killed = load.Elapsed;
            var killedAt = readers.Select(r => r.Elapsed).ToArray();
            await victim.KillAsync();

            var owned = await Task.WhenAll(moved.Select(r => OwnedAsync(cluster, r.StreamId, victim.Name)));
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
            findings.Add(5, "cameras of the killed worker were another's after", $"{owned.Max().TotalSeconds:F2} s, slowest of {moved.Length}", $"{FailoverSeconds:F0} s");
            findings.Add(5, "cameras of the killed worker answered elsewhere after", $"{slowest.TotalSeconds:F2} s, slowest of {moved.Length}", $"{FailoverSeconds:F0} s");
            Outcomes.AssertNoneFailed(asks, 200);
            Assert.InRange(owned.Max().TotalSeconds, 0, FailoverSeconds);
            Assert.InRange(slowest.TotalSeconds, 0, FailoverSeconds + CameraStartSeconds);

            foreach (var reader in readers)
            {
                await reader.AssertNothingLostAsync(cluster);
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

    /// <summary>How long until another worker has the stream.</summary>
    private static Task<TimeSpan> OwnedAsync(ChaosCluster cluster, string id, string before)
    {
        var seen = "";
        return Wait.UntilAsync(
            async () =>
            {
                var stream = await cluster.GetAsync($"/v1/streams/{id}");
                seen = stream.ValueKind == JsonValueKind.Object && stream.TryGetProperty("worker", out var worker) ? worker.GetString() ?? "" : "";
                return seen.Length > 0 && seen != before;
            },
            () => $"{id} to be another's than {before}'s; last seen: {seen}");
    }
}
