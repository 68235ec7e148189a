using DeltaEdge.ChaosTests.Fixtures;

namespace DeltaEdge.ChaosTests.Promises;

/// <summary>Workers told to stop drain; both replaced one after the other under load, nobody notices.</summary>
public sealed class Promise11_RollingRestart(Findings findings)
{
    private const double LeastAttainment = 0.99;
    private const int CameraCount = 4;
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(30);

    [Fact(Explicit = true)]
    public async Task BothWorkersReplacedUnderLoad_NoAskFailsAndCamerasMove()
    {
        await using var cluster = await ChaosCluster.StartAsync();
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

            using var load = ChatLoad.Start(cluster.Gateways, perSecond: 5, new ChatTerms("flex", 1, 144));
            var longest = TimeSpan.Zero;
            foreach (var name in (string[])["worker-1", "worker-2"])
            {
                await cluster.AddWorkerAsync(name + "-next");
                await cluster.WaitForWorkersAsync(3);
                var began = TimeProvider.System.GetTimestamp();
                var exit = await cluster.Worker(name).StopAsync(GracePeriod);
                var drained = TimeProvider.System.GetElapsedTime(began);
                longest = drained > longest ? drained : longest;
                Assert.Equal(0, exit);
                await cluster.WaitForWorkersAsync(2);
            }

            var slowest = TimeSpan.Zero;
            foreach (var reader in readers)
            {
                var next = await reader.NextAsync(reader.Elapsed, e => e.IsAnswer && e.Worker!.EndsWith("-next", StringComparison.Ordinal));
                var gaps = reader.Answers.Select(a => a.At).ToArray();
                var gap = gaps.Zip(gaps.Skip(1), (a, b) => b - a).Max();
                slowest = gap > slowest ? gap : slowest;
                Assert.DoesNotContain(reader.Entries, e => e.Event == "gap");
            }

            var asks = await load.FinishAsync();
            var attainment = Outcomes.Attainment(asks);
            findings.Add(11, "rolling restart of both workers: asks", $"{Outcomes.Statuses(asks)}, {attainment:P1} on time", $"none fails, {LeastAttainment:P0} on time");
            findings.Add(11, "longest drain", $"{longest.TotalSeconds:F2} s", $"{GracePeriod.TotalSeconds:F0} s");
            findings.Add(11, "longest time without an answer of a camera that moved", $"{slowest.TotalSeconds:F2} s");
            Outcomes.AssertNoneFailed(asks, 200);
            Assert.InRange(attainment, LeastAttainment, 1);
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
