using DeltaEdge.Cli.Bench;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Runs;

namespace DeltaEdge.ComponentTests.Bench;

public sealed class BenchStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltaedge-bench-");
    private readonly BenchRun _run = new("deltaedge", "sample", 1);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Run_IsReadBackOnItsWorkload()
    {
        var (store, run) = Written();

        Assert.Equal(run.Asks, store.Read(_run, run.Workload)!.Asks);
        Assert.Null(store.Read(_run with { Seed = 2 }, run.Workload));
    }

    [Fact]
    public void RunOnOtherArrivals_IsNotTaken()
    {
        var (store, _) = Written();

        Assert.Null(store.Read(_run, Samples.Workload((0.5, [QuestionKind.YesNo]))));
    }

    [Fact]
    public void FileCutShort_IsRunAgain()
    {
        var (store, run) = Written();
        var path = Assert.Single(Directory.GetFiles(Path.Combine(_folder.FullName, "runs")));
        File.WriteAllText(path, File.ReadAllText(path)[..20]);

        Assert.Null(store.Read(_run, run.Workload));
    }

    [Fact]
    public void Plan_IsReadBack()
    {
        var store = new BenchStore(_folder.FullName);
        Assert.Null(store.ReadPlan(Samples.Subject));
        store.WritePlan(new BenchPlan(["a", "b"], ["w"], 2, 10, 14.5, Samples.Subject));

        var plan = store.ReadPlan(Samples.Subject)!;
        Assert.Equal((2, 10.0, 14.5), (plan.Seeds, plan.Seconds, plan.CapacityPerSecond));
        Assert.Equal(["a", "b"], plan.Policies);
    }

    [Fact]
    public void PlanOfAnotherSystem_IsRefusedWithWhatDiffers()
    {
        var (store, _) = Written();

        var error = Assert.Throws<InvalidOperationException>(() => store.ReadPlan(Samples.Subject with { System = "http://127.0.0.1:8080/" }));
        Assert.Contains("(system: nano (12ab) then, http://127.0.0.1:8080/ now)", error.Message, StringComparison.Ordinal);
        Assert.Contains("--out", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"policies":["deltaedge"],"workloads":["sample"],"seeds":1,"seconds":1,"capacity_per_second":1}""")]
    [InlineData(null)]
    public void RunsOfNobodyKnowsWhat_AreRefused(string? plan)
    {
        var (store, _) = Written();
        var path = Path.Combine(_folder.FullName, "plan.json");
        File.Delete(path);
        if (plan is not null)
        {
            File.WriteAllText(path, plan);
        }

        var error = Assert.Throws<InvalidOperationException>(() => store.ReadPlan(Samples.Subject));
        Assert.Contains("does not say", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pace_IsReadBack()
    {
        var store = new BenchStore(_folder.FullName);
        store.WritePlan(new BenchPlan(["deltaedge"], ["sample"], 1, 1, 1, Samples.Subject));
        Assert.Null(store.ReadPace(_run));
        store.WritePace(_run, new RunPace([new(0.5, 1.2, new(new(1, 0.1, 0.2, 0.4), default, default), 3, 0.01)], 52, [2, 5]));

        var pace = store.ReadPace(_run)!;
        Assert.Equal(new(0.5, 1.2, new(new(1, 0.1, 0.2, 0.4), default, default), 3, 0.01), Assert.Single(pace.Samples));
        Assert.Equal([2, 5], pace.AnswerTokens);
    }

    [Fact]
    public void Plan_RunsEveryPolicyOfAWorkloadAndSeedTogetherInChangingOrder()
    {
        var runs = new BenchPlan(["a", "b", "c", "d"], ["v", "w"], 3, 10, 1, Samples.Subject).Runs().ToList();

        Assert.Equal(24, runs.Distinct().Count());
        var groups = runs.Chunk(4).ToList();
        Assert.All(groups, g => Assert.Single(g.Select(r => (r.Workload, r.Seed)).Distinct()));
        Assert.True(groups.Select(g => string.Concat(g.Select(r => r.Policy))).Distinct().Count() > 1);
    }

    private (BenchStore Store, PolicyRun Run) Written()
    {
        var store = new BenchStore(_folder.FullName);
        store.WritePlan(new BenchPlan(["deltaedge"], ["sample"], 1, 1, 1, Samples.Subject));
        var run = new PolicyRun
        {
            Policy = "deltaedge",
            Workload = Samples.Workload((0, [QuestionKind.YesNo]), (0.5, [QuestionKind.Count])),
            Asks =
            [
                new(0, 0, 0, 0.1, AskEndKind.OnTime, 144, QuestionKind.YesNo, true, 0.98),
                new(1, 0, 0.5, 0.7, AskEndKind.Late, 16, QuestionKind.Count, false, 0.85),
            ],
        };
        store.Write(_run, run);
        return (store, run);
    }
}
