using System.Diagnostics;
using System.Text.Json.Nodes;
using DeltaEdge.ChaosTests.Fixtures;
using DeltaEdge.Cli.Cluster;

namespace DeltaEdge.ChaosTests.Promises;

/// <summary>A worker that changes to another model and back while it serves fails no ask, builds no graph for an engine that is ready, and gives memory back.</summary>
public sealed class Promise09_ModelSwap(Findings findings)
{
    private const int RoundTrips = 3;
    private const string Copy = "nano-copy";
    private const double MostGrowthMiB = 40;
    private const double MostGrowthRatio = 0.15;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    [Fact(Explicit = true)]
    public async Task SwappedBackAndForthUnderLoad_NoAskFailsAndMemoryComesBack()
    {
        var packages = Directory.CreateTempSubdirectory("deltaedge-packages-");
        try
        {
            var copy = CopyOfNano(packages.FullName);
            await using var cluster = await ChaosCluster.StartAsync(options => options with
            {
                Settings = new Dictionary<string, string>
                {
                    ["DeltaEdge:Worker:PackageDirectories:0"] = packages.FullName,
                    ["DeltaEdge:Worker:PackageDirectories:1"] = Repository.Model,
                },
            });
            await cluster.AddStreamAsync(Cameras.Clip("c0", 0, fps: 1));
            await cluster.AddStreamAsync(Cameras.Clip("c1", 1, fps: 1));
            var worker = cluster.Worker("worker-1");
            using var load = ChatLoad.Start(cluster.Gateways, perSecond: 4, new ChatTerms("flex", 1, 144));
            await Wait.ForAsync(Settle);

            var (memory, slowest) = (new List<double> { ResidentMiB(worker) }, TimeSpan.Zero);
            foreach (var package in Enumerable.Repeat((string[])[copy, Repository.Model], RoundTrips).SelectMany(p => p))
            {
                var began = TimeProvider.System.GetTimestamp();
                await SwapAsync(cluster.Local, worker, package);
                var took = TimeProvider.System.GetElapsedTime(began);
                slowest = took > slowest ? took : slowest;
                await Wait.ForAsync(Settle);
                memory.Add(ResidentMiB(worker));
            }

            var asks = await load.FinishAsync();
            var byCopy = asks.Count(a => a.Model == Copy);
            var built = await cluster.MetricAsync(worker, "deltaedge_engine_builds_total", "phase=\"serving\"");
            var mostGrowth = Math.Max(MostGrowthMiB, MostGrowthRatio * memory[2]);
            var growth = memory[^1] - memory[2];
            findings.Add(9, $"{2 * RoundTrips} swaps of a worker's model under load: asks", $"{Outcomes.Statuses(asks)}, {Outcomes.Attainment(asks):P1} on time, {byCopy} by the other model", "none fails");
            findings.Add(9, $"graphs built after ready, over {2 * RoundTrips} swaps", $"{built:F0}", "0");
            findings.Add(9, "slowest swap, first compilation included", $"{slowest.TotalSeconds:F1} s");
            findings.Add(9, "the worker's memory after 0, 2, 4 and 6 swaps", $"{memory[0]:F0}, {memory[2]:F0}, {memory[4]:F0}, {memory[6]:F0} MiB", $"from 2 to 6 at most {mostGrowth:F0} MiB more");
            Outcomes.AssertNoneFailed(asks, 200);
            Assert.InRange(byCopy, 1, asks.Length);
            Assert.Equal(0, built);
            Assert.Equal(2 * RoundTrips, await cluster.MetricAsync(worker, "deltaedge_model_swaps_total", "outcome=\"done\""));
            Assert.InRange(growth, double.NegativeInfinity, mostGrowth);
        }
        finally
        {
            packages.Delete(recursive: true);
        }
    }

    /// <summary>By the command that an operator uses.</summary>
    private static async Task SwapAsync(LocalCluster cluster, RoleProcess worker, string package)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "deltaedge"), ["model", "swap", package, "--url", worker.Address.ToString()])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["DeltaEdge__Fabric__GatewaySecret"] = cluster.Secret },
        };
        using var command = Process.Start(start)!;
        var said = command.StandardOutput.ReadToEndAsync();
        var failed = await command.StandardError.ReadToEndAsync();
        await command.WaitForExitAsync();
        Assert.True(command.ExitCode == 0, $"The swap to {package} ended with {command.ExitCode}: {await said}{failed}");
    }

    private static double ResidentMiB(RoleProcess process) => ProcessSample.Of(process.Id)!.ResidentMiB;

    private static string CopyOfNano(string folder)
    {
        var copy = Path.Combine(folder, Copy);
        Directory.CreateDirectory(copy);
        foreach (var file in (string[])["config.json", "model.safetensors", "tokenizer.json"])
        {
            File.Copy(Path.Combine(Repository.Model, file), Path.Combine(copy, file));
        }

        var manifest = JsonNode.Parse(File.ReadAllBytes(Path.Combine(Repository.Model, "manifest.json")))!;
        manifest["name"] = Copy;
        File.WriteAllText(Path.Combine(copy, "manifest.json"), manifest.ToJsonString());
        return copy;
    }
}
