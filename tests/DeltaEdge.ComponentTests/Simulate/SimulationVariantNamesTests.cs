using DeltaEdge.Cli.Bench;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Policies;
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
    public void NoFastLoop_IsTheOneAblationThatIsAPolicyOfItsOwn() => Assert.Equal(
        [MarginalPolicy.NoFastLoopName], SimulationVariants.Ablations.Intersect(ServingPolicies.Names(TokenLadder.Default)));

    [Fact]
    public void Names_StandOnceEach() =>
        Assert.Equal(PolicyVariants.Names(TokenLadder.Default).Distinct(), PolicyVariants.Names(TokenLadder.Default));
}
