using System.Text.Json;
using DeltaEdge.Cli.Bench;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Policies;
using DeltaEdge.Evaluation.Simulation;
using DeltaEdge.Evaluation.Simulation.Profiles;
using DeltaEdge.Inference.Engine;
using Microsoft.Extensions.Configuration;

namespace DeltaEdge.ComponentTests.Simulate;

public sealed class SimulationVariantNamesTests
{
    /// <summary>A simulator has no probes: its accuracy is what the settings say.</summary>
    private const string BenchOnly = "deltaedge-no-probes";

    public static TheoryData<string> Shared { get; } = [.. PolicyVariants.Ablations.Except([BenchOnly])];

    [Fact]
    public void Simulate_KnowsEveryAblationOfTheBenchByTheSameName() =>
        Assert.Empty(PolicyVariants.Ablations.Except(SimulationVariants.Ablations).Except([BenchOnly]));

    [Theory]
    [MemberData(nameof(Shared))]
    public void Ablation_LeavesOutTheSameInBoth(string name)
    {
        var bench = new ConfigurationBuilder().AddInMemoryCollection(PolicyVariants.Find(name, TokenLadder.Default)!).Build();
        var engine = bench.GetSection(EngineOptions.SectionName).Get<EngineOptions>() ?? new();
        var controller = bench.GetSection(ControllerOptions.SectionName).Get<ControllerOptions>() ?? new();

        var simulated = SimulationVariants.Find(name, new SimulationSettings
        {
            Policy = SimulationSettings.PolicyNamed(MarginalPolicy.PolicyName, TokenLadder.Default),
            Profile = NanoProfile.Latency,
            Accuracy = NanoProfile.Accuracy,
        })!;

        Assert.Equal((simulated.Policy().Name, simulated.Scheduler.Order), (engine.Policy, engine.Order));
        Assert.Equal(simulated.Controller, !controller.Shadow);
        Assert.Equal(Knobs(simulated.ControllerOptions), Knobs(controller));
    }

    [Fact]
    public void AblationsThatArePoliciesOfTheirOwn_AreTheseTwo() => Assert.Equal(
        [MarginalPolicy.NoFastLoopName, MarginalPolicy.NoYieldName], SimulationVariants.Ablations.Intersect(ServingPolicies.Names(TokenLadder.Default)));

    [Fact]
    public void Names_StandOnceEach() =>
        Assert.Equal(PolicyVariants.Names(TokenLadder.Default).Distinct(), PolicyVariants.Names(TokenLadder.Default));

    /// <summary>All of them but the shadow: where the bench's controller only looks on, a simulation has none.</summary>
    private static string Knobs(ControllerOptions options)
    {
        var knobs = JsonSerializer.SerializeToNode(options)!.AsObject();
        knobs.Remove(nameof(ControllerOptions.Shadow));
        return knobs.ToJsonString();
    }
}
