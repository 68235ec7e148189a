using DeltaEdge.Cli.Simulate;
using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Evaluation.Oracle;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.ComponentTests.Simulate;

public sealed class SimulateCommandTests
{
    [Theory]
    [InlineData("load 1 = 21.0 asks/s (all streams, 1.30 of the workers' capacity), a plan", "--streams", "42", "--fps", "0.5")]
    [InlineData("load 1 = 16.2 asks/s, a plan")]
    public void LoadOne_IsSaidAsItWasUsed(string said, params string[] load)
    {
        using var folder = new TemporaryDirectory();
        string[] arguments = ["--workload", "w1-rho1", "--policy", "fixed-36", "--workers", "1", "--seeds", "1", "--seconds", "1", "--out", folder.Path];

        Assert.Equal(0, SimulateCommand.Create().Parse([.. arguments, .. load]).Invoke());

        Assert.Contains(said, File.ReadAllText(Path.Combine(folder.Path, "report.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rho", "NaN")]
    [InlineData("--fps", "Infinity", "--streams", "4")]
    [InlineData("--noise", "Infinity")]
    [InlineData("--rho", "2", "--streams", "4")]
    [InlineData("--workload", "w1-rhoInfinity")]
    [InlineData("--workload", "w2-cvNaN")]
    public void NumbersThatMeanNothing_AreRefused(params string[] arguments)
    {
        using var folder = new TemporaryDirectory();
        string[] usual = arguments[0] == "--workload" ? [] : ["--workload", "w1-rho1"];

        var parsed = SimulateCommand.Create().Parse([.. usual, "--policy", "fixed-36", "--workers", "1", "--seeds", "1", "--seconds", "1", "--out", folder.Path, .. arguments]);

        Assert.Throws<ArgumentException>(() => parsed.Invoke(new() { EnableDefaultExceptionHandler = false }));
    }

    [Fact]
    public void Bound_HasNoNumberOfWhatItDoesNotKnow()
    {
        var workload = WorkloadSet.Find("step", new() { CapacityPerSecond = 10, DurationSeconds = 12 })!;

        var bound = SimulateCommand.OracleSummary(workload, new OracleBound(UsefulAnswers: 0.8, WeightedUseful: 0.7, Attainment: 0.95, AttainmentAtBest: 0.9));

        Assert.Equal((0.8, 0.7, 0.9, null), (bound.UsefulAnswers, bound.WeightedUseful, bound.Attainment, bound.RecoverySeconds));
        Assert.Equal((double.NaN, double.NaN), (bound.FairnessStreams, bound.FairnessClasses));
    }
}
