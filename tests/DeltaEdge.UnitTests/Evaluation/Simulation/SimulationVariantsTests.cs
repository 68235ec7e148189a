using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.Evaluation.Simulation;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.UnitTests.Evaluation.Simulation;

public sealed class SimulationVariantsTests
{
    private static readonly SimulationSettings Whole = Fleets.Nano(MarginalPolicy.PolicyName);

    public static TheoryData<string> Ablations() => [.. SimulationVariants.Ablations];

    public static TheoryData<string> Policies() => Fleets.Policies();

    [Theory]
    [MemberData(nameof(Ablations))]
    [MemberData(nameof(Policies))]
    public void Run_IsCalledByTheVariantsName(string name)
    {
        var workload = WorkloadSet.Find("w1-rho2", Fleets.NanoLoad(seconds: 2))!;

        var run = Fleets.Run(workload, SimulationVariants.Find(name, Whole)!);

        Assert.Equal(name, run.Policy);
        Assert.NotEmpty(run.Asks);
    }

    [Fact]
    public void EachAblation_LeavesOutItsPartAndNoOther()
    {
        Assert.False(Ablated("deltaedge-no-slow-loop").Controller);
        Assert.Equal(MarginalPolicy.NoFastLoopName, Ablated("deltaedge-no-fast-loop").Policy().Name);
        Assert.Equal(QueueOrder.Fifo, Ablated("deltaedge-fifo").Scheduler.Order);
        Assert.Equal(0, Ablated("deltaedge-no-floors").MaxLoss);
        Assert.All(Ablated("deltaedge-no-weights").Catalog.Classes, c => Assert.Equal(1, c.Weight));
        Assert.Equal((1000, 4000), (Ablated("deltaedge-period-1s").ControllerOptions.PeriodMs, Ablated("deltaedge-period-4s").ControllerOptions.PeriodMs));
        Assert.Same(Whole.TrueAccuracy ?? Whole.Accuracy, Ablated("deltaedge-one-curve").TrueAccuracy);
        foreach (var name in SimulationVariants.Ablations)
        {
            var settings = Ablated(name);
            int[] leftOut =
            [
                settings.Controller ? 0 : 1,
                settings.Policy().Name == MarginalPolicy.PolicyName ? 0 : 1,
                settings.ControllerOptions == Whole.ControllerOptions ? 0 : 1,
                settings.Scheduler with { Classes = null } == Whole.Scheduler with { Classes = null } ? 0 : 1,
                ReferenceEquals(settings.Catalog, Whole.Catalog) ? 0 : 1,
                settings.MaxLoss == Whole.MaxLoss ? 0 : 1,
                ReferenceEquals(settings.Accuracy, Whole.Accuracy) ? 0 : 1,
            ];
            Assert.Equal(1, leftOut.Sum());
        }
    }

    [Fact]
    public void NoHysteresis_DropsTheHoldsAndKeepsEveryOtherKnob()
    {
        string[] holds = [nameof(ControllerOptions.UpHoldMs), nameof(ControllerOptions.DownHoldMs), nameof(ControllerOptions.ConfirmHoldMs)];
        var odd = new ControllerOptions
        {
            PeriodMs = 777,
            PlanTtlMs = 778,
            HighUtilisation = 1.01,
            LowUtilisation = 1.02,
            LeastSlack = 0.03,
            ClimbSlack = 0.04,
            LatencyPressure = 0.5,
            MaxUpHoldMs = 779,
            Shadow = true,
        };

        var made = SimulationVariants.Find("deltaedge-no-hysteresis", Whole with { ControllerOptions = odd })!.ControllerOptions;

        foreach (var knob in typeof(ControllerOptions).GetProperties())
        {
            Assert.Equal(holds.Contains(knob.Name) ? 0 : knob.GetValue(odd), knob.GetValue(made));
        }
    }

    [Fact]
    public void UnknownName_FindsNothing() => Assert.Null(SimulationVariants.Find("deltaedge-no-such", Whole));

    private static SimulationSettings Ablated(string name) => SimulationVariants.Find(name, Whole)!;
}
