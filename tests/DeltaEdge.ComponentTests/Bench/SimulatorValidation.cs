using DeltaEdge.Cli.Bench;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Models;
using DeltaEdge.ComponentTests.Cluster;
using DeltaEdge.Evaluation.Reports;

namespace DeltaEdge.ComponentTests.Bench;

/// <summary>
/// Whether the simulator tells the truth about this machine: the whole system under W1, W2 and the step of load, each beside its simulated
/// twin. Explicit, because it means nothing on a machine that others use at the same time: <c>make validate-simulator</c>.
/// </summary>
public sealed class SimulatorValidation(ITestOutputHelper output) : IDisposable
{
    private const double MostAttainmentOff = 0.01;
    private const double MostBudgetOff = 0.05;
    private const int Seeds = 2;
    private const double Seconds = 15;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltaedge-twins-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory(Explicit = true)]
    [InlineData("w1-rho0.8")]
    [InlineData("w2-cv4-rho2")]
    [InlineData("step")]
    public async Task Twin_AgreesWithTheRealRun(string workload)
    {
        var stop = TestContext.Current.CancellationToken;
        var settings = PolicyVariants.Find("deltaedge-no-probes", TokenLadder.Default)!; // Probes are not simulated.
        double capacity;
        await using (var target = await BenchTarget.StartAsync(Nano.Folder, settings, stop))
        {
            using var http = new HttpClient();
            capacity = await BenchTarget.CapacityAsync(http, target.Gateway, stop);
        }

        var plan = new BenchPlan(["deltaedge"], [workload], Seeds, Seconds, capacity, Samples.Subject);
        var store = new BenchStore(_folder.FullName);
        store.WritePlan(plan);
        var frames = await BenchFrames.ReadAsync(Path.Combine(Nano.Folder, "bench"), stop);
        var runs = await new BenchSession(plan, store, frames, null, (_, cancel) => BenchTarget.StartAsync(Nano.Folder, settings, cancel)).RunAsync(stop);
        var manifest = ModelManifest.Parse(await File.ReadAllBytesAsync(Path.Combine(Nano.Folder, ModelManifest.FileName), stop));
        var twins = new BenchTwins(manifest.Accuracy!, manifest.TestAccuracy, frames);
        foreach (var (run, result) in plan.Runs().Zip(runs))
        {
            twins.Add(result, store.ReadStatus(run)!, store.ReadPace(run)!);
        }

        output.WriteLine(MarkdownTable.Render(twins.Table()));
        Assert.All(twins.Pairs, pair =>
        {
            Assert.InRange(pair.Twin.Attainment - pair.Real.Attainment, -MostAttainmentOff, MostAttainmentOff);
            Assert.InRange((pair.Twin.MeanBudget / pair.Real.MeanBudget) - 1, -MostBudgetOff, MostBudgetOff);
        });
    }
}
