using DeltaEdge.ChaosTests.Fixtures;
using DeltaEdge.Cli.Cluster;

namespace DeltaEdge.ChaosTests.Promises;

/// <summary>A worker that stood still past its lease and wakes up: its cameras are another's, what it still writes is refused, and no reader sees a trace of it.</summary>
public sealed class Promise05_WorkerWakes(Findings findings)
{
    private const int CameraCount = 4;

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
