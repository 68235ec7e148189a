using DeltaEdge.Cli.Simulate;
using DeltaEdge.Evaluation.Oracle;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.ComponentTests.Simulate;

public sealed class SimulateCommandTests
{
    [Fact]
    public void Bound_HasNoNumberOfWhatItDoesNotKnow()
    {
        var workload = WorkloadSet.Find("step", new() { CapacityPerSecond = 10, DurationSeconds = 12 })!;

        var bound = SimulateCommand.OracleSummary(workload, new OracleBound(UsefulAnswers: 0.8, Attainment: 0.95, AttainmentAtBest: 0.9));

        Assert.Equal((0.8, 0.9, null), (bound.UsefulAnswers, bound.Attainment, bound.RecoverySeconds));
        Assert.Equal((double.NaN, double.NaN), (bound.FairnessStreams, bound.FairnessClasses));
    }
}
