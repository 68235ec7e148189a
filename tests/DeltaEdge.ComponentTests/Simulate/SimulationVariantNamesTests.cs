using DeltaEdge.Cli.Bench;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Evaluation.Simulation;

namespace DeltaEdge.ComponentTests.Simulate;

public sealed class SimulationVariantNamesTests
{
    /// <summary>A simulator has no probes: its accuracy is what the settings say.</summary>
    private const string BenchOnly = "deltaedge-no-probes";

    [Fact]
    public void Simulate_KnowsEveryAblationOfTheBenchByTheSameName() =>
        Assert.Empty(PolicyVariants.Ablations.Except(SimulationVariants.Ablations).Except([BenchOnly]));

    [Fact]
    public void NoAblation_IsCalledLikeAPolicy() =>
        Assert.Empty(SimulationVariants.Ablations.Intersect(Core.Policies.ServingPolicies.Names(TokenLadder.Default)));
}
