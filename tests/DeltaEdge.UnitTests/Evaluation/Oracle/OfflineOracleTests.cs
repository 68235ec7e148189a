using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Oracle;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Simulation;
using DeltaEdge.Evaluation.Simulation.Fleet;
using DeltaEdge.Evaluation.Workloads;
using DeltaEdge.UnitTests.Evaluation.Simulation;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Evaluation.Oracle;

public sealed class OfflineOracleTests
{
    /// <summary>0.4 s at 576, 0.2 s at 144, 0.12 s at 64; the rest is as good as free and worth as little.</summary>
    private static readonly LatencyProfile Slow = new()
    {
        Ladder = TokenLadder.Default,
        FrameSeconds = 0.1,
        PrefixSeconds = [0.3, 0.1, 0.02, 0.02, 0.02, 0.02, 0.02],
        QuestionSeconds = 0,
        DecodeStepSeconds = [0],
    };

    private static readonly Gen<Workload> Workloads =
        from streams in (
            from deadline in Gen.Elements(0.05, 0.2, 0.3, 0.5)
            from range in Gen.Elements(new BudgetRange(1, 576), new BudgetRange(16, 576), new BudgetRange(4, 144), new BudgetRange(576, 576))
            from kinds in Gen.Elements(QuestionKind.YesNo, QuestionKind.Count, QuestionKind.Read, QuestionKind.Describe).NonEmptyListOf()
            from slaClass in Gen.Elements("priority", "default")
            select Fleets.Stream(0, deadline, range, [.. kinds.Take(3)]) with { SlaClass = slaClass }).NonEmptyListOf()
        from arrivals in (
            from at in Gen.Choose(0, 1500)
            from stream in Gen.Choose(0, streams.Count - 1)
            from draw in Gen.Choose(0, int.MaxValue)
            select new FrameArrival(at / 1000.0, stream, (ulong)draw)).ListOf()
        select Fleets.Asked(streams, arrivals.Concat(arrivals).Concat(arrivals), seconds: 2);

    [Fact]
    public void NoPolicy_DoesBetterInExpectation() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
        (from workload in Workloads
         from policy in Gen.Elements("deltaedge", "slack", "fixed-576", "fixed-16", "slackfit-batch", "proteus", "sommelier-local")
         from workers in Gen.Choose(1, 2)
         from slow in Gen.Elements(1, 3, 8)
         select (workload, policy, workers, slow)).ToArbitrary(),
        c =>
        {
            var profile = Fleets.TenMilliseconds;
            var settings = Fleets.Of(c.policy, profile with { PrefixSeconds = [.. profile.PrefixSeconds.Select(s => s * c.slow)] }, c.workers);
            var run = Fleets.Run(c.workload, settings);
            var bound = Fleets.Bound(c.workload, settings);

            var onTime = run.Asks.Where(a => a.End == AskEndKind.OnTime).ToArray();
            var asks = Math.Max(1, run.Asks.Length);
            Assert.True(onTime.Sum(a => a.ExpectedAccuracy) / asks <= bound.UsefulAnswers + 1e-6, $"{c.policy}: {onTime.Sum(a => a.ExpectedAccuracy) / asks} > {bound}");
            var weighted = onTime.Sum(a => a.ExpectedAccuracy * WeightOf(run, a));
            Assert.True(weighted <= (bound.WeightedUseful * run.Asks.Sum(a => WeightOf(run, a))) + 1e-6, $"{c.policy}: {weighted} by weight > {bound}");
            Assert.True((double)onTime.Length / asks <= bound.Attainment + 1e-6, $"{c.policy}: {onTime.Length} of {asks} > {bound}");
        }));

    [Fact]
    public void Overload_BoundIsCloseAboveTheBestPolicy()
    {
        var workload = WorkloadSet.Find("w1-rho4", Fleets.NanoLoad(30))!;
        var settings = Fleets.Nano("deltaedge");

        var run = Fleets.Run(workload, settings);
        var bound = Fleets.Bound(workload, settings);

        var expected = run.Asks.Where(a => a.End == AskEndKind.OnTime).Sum(a => a.ExpectedAccuracy) / run.Asks.Length;
        Assert.InRange(expected, 0.97 * bound.UsefulAnswers, bound.UsefulAnswers);
        Assert.InRange(bound.AttainmentAtBest, bound.UsefulAnswers, bound.Attainment + 1e-9);
    }

    [Fact]
    public void RoomForEverything_IsTheBestAccuracy()
    {
        var bound = Fleets.Bound(Asked(deadline: 0.5, [0, 1, 2]), Settings());

        Assert.Equal(0.95, bound.UsefulAnswers, 1e-9);
        Assert.Equal(1, bound.Attainment, 1e-9);
    }

    [Fact]
    public void RoomForOneRichAndOnePoorAnswer_IsTheirMean()
    {
        var bound = Fleets.Bound(Asked(deadline: 0.6, [0, 0]), Settings());

        Assert.Equal((0.95 + 0.93) / 2, bound.UsefulAnswers, 1e-6);
        Assert.Equal(1, bound.Attainment, 1e-9);
    }

    [Fact]
    public void RoomForOneOfThree_IsAThird()
    {
        var bound = Fleets.Bound(Asked(deadline: 0.2, [0, 0, 0], new BudgetRange(144, 144)), Settings());

        Assert.Equal(1.0 / 3, bound.Attainment, 1e-6);
        Assert.Equal(0.93 / 3, bound.UsefulAnswers, 1e-6);
    }

    [Fact]
    public void RoomForOneOfTwo_TheHeavierCountsByWeight()
    {
        CameraShape[] shapes = [Fleets.Stream(0, 0.2, new BudgetRange(144, 144)), Fleets.Stream(1, 0.2, new BudgetRange(144, 144)) with { SlaClass = "priority" }];

        var bound = Fleets.Bound(Fleets.Asked(shapes, [new(0, 0, 0), new(0, 1, 1)]), Settings());

        Assert.Equal(0.93 / 2, bound.UsefulAnswers, 1e-6);
        Assert.Equal(0.93 * 2 / 3, bound.WeightedUseful, 1e-6);
    }

    [Fact]
    public void FrameLongerThanItsDeadline_IsWorthNothing()
    {
        var bound = Fleets.Bound(Asked(deadline: 0.3, [0], new BudgetRange(576, 576)), Settings() with { Workers = 4 });

        Assert.Equal(new OracleBound(0, 0, 0, 0), bound);
    }

    [Fact]
    public void LostWorker_TakesItsTimeAlong()
    {
        var workload = Asked(deadline: 0.2, [0, 0], new BudgetRange(144, 144)) with { Faults = [new(0, 1, Returns: false)] };

        Assert.Equal(0.5, Fleets.Bound(workload, Settings() with { Workers = 2 }).Attainment, 1e-6);
        Assert.Equal(1, Fleets.Bound(workload, Settings() with { Workers = 3 }).Attainment, 1e-6);
    }

    [Fact]
    public void CamerasOfOneWorker_DoNotGetTheOthersTime()
    {
        const int Workers = 2;
        var home = Placement.Home(0, Workers);
        var neighbour = Enumerable.Range(1, 100).First(stream => Placement.Home(stream, Workers) == home);
        CameraShape[] shapes = [.. Enumerable.Range(0, neighbour + 1).Select(i => Fleets.Stream(i, 0.2, new BudgetRange(144, 144)))];
        FrameArrival[] arrivals = [new(0, 0, 0), new(0, neighbour, 1)];

        var cameras = Fleets.Bound(Fleets.Asked([.. shapes.Select(s => s with { Placed = true })], arrivals), Settings() with { Workers = Workers });
        var clients = Fleets.Bound(Fleets.Asked(shapes, arrivals), Settings() with { Workers = Workers });

        Assert.Equal(0.5, cameras.Attainment, 1e-6);
        Assert.Equal(1, clients.Attainment, 1e-6);
    }

    [Fact]
    public void NothingAsked_IsNothing() => Assert.Equal(new OracleBound(0, 0, 0, 0), Fleets.Bound(Asked(0.5, []), Settings()));

    private static double WeightOf(PolicyRun run, AskRecord ask) => run.Workload.Streams[run.Workload.Arrivals[ask.Arrival].Stream].Weight;

    private static SimulationSettings Settings() => Fleets.Of("deltaedge", Slow);

    private static Workload Asked(double deadline, double[] times, BudgetRange? range = null) =>
        Fleets.Asked([Fleets.Stream(0, deadline, range)], times.Select((at, i) => new FrameArrival(at, 0, (ulong)i)));
}
