using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Sla;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core;

/// <summary>What holds for the planner whatever is asked of it.</summary>
public sealed class BudgetPlannerProperties
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);
    private static readonly ControllerOptions Options = new() { ConfirmHoldMs = 0 };

    private static readonly SlaCatalog Catalog = new(
    [
        new SlaClass { Name = "priority", DeadlineMs = 300, Weight = 2, MinTokens = 16 },
        new SlaClass { Name = "default", DeadlineMs = 500 },
        new SlaClass { Name = "flex", DeadlineMs = 5000, Weight = 0.5, MaxTokens = 144 },
        new SlaClass { Name = "odd", DeadlineMs = 1000, Weight = 0.5, MinTokens = 10, MaxTokens = 500 },
    ]);

    private static readonly BudgetPlanner Planner = new(TokenLadder.Default, Catalog, Options);

    private static readonly Gen<ClassLoad> Loads =
        from name in Gen.Elements("priority", "default", "flex", "odd", "unheard-of")
        from rate in Gen.Choose(0, 4000).Select(r => r / 100.0)
        from questions in Gen.Choose(1, 4)
        from p95 in Gen.Choose(0, 2000).Select(p => p / 1000.0)
        from finished in Gen.Choose(0, 20)
        select new ClassLoad { SlaClass = name, FramesPerSecond = rate, QuestionsPerSecond = rate * questions, P95Seconds = p95, Finished = finished };

    private static readonly Gen<WorkerReport> Workers =
        from id in Gen.Choose(1, 1000)
        from loads in Loads.ListOf().Select(l => l.Take(6).ToArray())
        from values in Gen.Choose(0, 1000).Select(v => v / 1000.0).ArrayOf(7)
        from floor in Gen.Elements(1, 36)
        from scale in Gen.Choose(1, 400).Select(s => s / 100.0)
        from backlog in Gen.Choose(0, 600).Select(b => b / 100.0)
        from draining in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        let report = Reports.Worker($"w{id}", loads) with { Profile = Reports.Profile(scale), BacklogSeconds = backlog, Draining = draining }
        select Changed(report, c => c with { Values = [.. values], Range = new(floor, 576) });

    private static readonly Gen<WorkerReport[]> Fleets = Workers.ListOf().Select(w => w.Take(5).ToArray());

    private static readonly Gen<double> Prices = Gen.Choose(0, 3000).Select(p => p / 10.0);

    [Fact]
    public void AnyReports_StayInsideEveryClassRange() => Check(Prop.ForAll(Fleets.ListOf().ToArbitrary(), fleets =>
    {
        var state = default(PlannerState);
        var tick = 0;
        foreach (var fleet in fleets)
        {
            (var plan, state) = Planner.Next(state, fleet, tick++ * Period);
            foreach (var sla in Catalog.Classes)
            {
                var range = plan.Classes[sla.Name];
                Assert.True(TokenLadder.Default.Contains(range.Floor) && TokenLadder.Default.Contains(range.Ceiling));
                Assert.True(range.Floor >= sla.MinTokens && range.Floor <= range.Ceiling && range.Ceiling <= sla.MaxTokens);
            }

            Assert.True(double.IsFinite(plan.Price) && plan.Price >= 0);
            Assert.Equal(tick, plan.Version);
        }
    }));

    [Fact]
    public void AnyReports_GiveAPlanThatFitsOrIsTheLeast() => Check(Prop.ForAll(Fleets.ToArbitrary(), fleet =>
    {
        var plan = Planner.Next(default, fleet, TimeSpan.Zero).Plan;

        Assert.True(plan.PredictedUtilisation <= Options.HighUtilisation || new FleetDemand(fleet, Catalog).LevelOf(plan.Price) == 0);
    }));

    [Fact]
    public void AnyClimb_IsSmallOrOneRungAndOnlyWhereLoadAllows() => Check(Prop.ForAll(Fleets.ListOf().ToArbitrary(), Prices.ToArbitrary(), (fleets, price) =>
    {
        var state = new PlannerState(price, 0);
        var tick = 0;
        foreach (var fleet in fleets.SelectMany(f => new[] { f, f }))
        {
            var before = state.Price;
            (_, state) = Planner.Next(state, fleet, tick++ * TimeSpan.FromSeconds(3));
            if (state.Price < before)
            {
                var demand = new FleetDemand(fleet, Catalog);
                var added = demand.At(state.Price).Utilisation - demand.At(before).Utilisation;
                Assert.True(added <= 0.1 + 1e-9 || demand.LevelOf(state.Price) == demand.LevelOf(before) + 1);
                Assert.True(demand.At(state.Price).Utilisation <= Options.HighUtilisation && !new FleetPressure(fleet, Catalog).IsLate(Options.LatencyPressure));
            }
        }
    }));

    [Fact]
    public void ConstantReports_SettleAndNeverMoveAgain() => Check(Prop.ForAll(Fleets.ToArbitrary(), Prices.ToArbitrary(), (fleet, price) =>
    {
        var state = new PlannerState(price, 0);
        var directions = new HashSet<int>();
        var lastChange = 0;
        for (var tick = 1; tick < 1200; tick++)
        {
            var before = state.Price;
            (_, state) = Planner.Next(state, fleet, tick * Period);
            if (state.Price != before)
            {
                directions.Add(Math.Sign(state.Price - before));
                lastChange = tick;
            }
        }

        Assert.True(directions.Count <= 1, "The price went both ways on constant reports.");
        Assert.True(lastChange < 800, $"Still moving at tick {lastChange}.");
    }), tests: 100);

    /// <summary>
    /// As long as floors have the slack that is wanted, and nothing measured says otherwise. Past that load alone decides, on purpose: tokens
    /// given up would save nobody's deadline. And answers that come late all the same cost a step of their own, whatever the load.
    /// </summary>
    [Fact]
    public void MoreLoad_NeverGivesARicherPlan_WhileFloorsHaveSlack() => Check(Prop.ForAll(Fleets.ToArbitrary(), Gen.Choose(100, 500).ToArbitrary(), (fleet, percent) =>
    {
        var unmeasured = fleet.Select(w => w with { Classes = [] }).ToArray();
        var heavier = unmeasured.Select(w => Changed(w, c => c with { FramesPerSecond = c.FramesPerSecond * percent / 100, QuestionsPerSecond = c.QuestionsPerSecond * percent / 100 })).ToArray();

        var floors = new FleetDemand(heavier, Catalog);
        Assert.True(
            floors.At(floors.PriceOf(0)).Slack < Options.LeastSlack
            || Planner.Next(default, heavier, TimeSpan.Zero).Plan.Price >= Planner.Next(default, unmeasured, TimeSpan.Zero).Plan.Price);
    }), tests: 1000);

    [Fact]
    public void HigherPrice_NeverNeedsMoreOrLeavesLessSlack() => Check(Prop.ForAll(Fleets.ToArbitrary(), Prices.ToArbitrary(), Prices.ToArbitrary(), (fleet, price, more) =>
    {
        var demand = new FleetDemand(fleet, Catalog);
        var (low, high) = (demand.At(price), demand.At(price + more));

        Assert.True(high.Utilisation <= low.Utilisation);
        Assert.InRange(demand.LevelOf(price + more), 0, demand.LevelOf(price));
    }));

    [Fact]
    public void PriceOfALevel_IsOfThatLevel() => Check(Prop.ForAll(Fleets.ToArbitrary(), fleet =>
    {
        var demand = new FleetDemand(fleet, Catalog);
        for (var level = 0; level <= demand.Top; level++)
        {
            Assert.Equal(level, demand.LevelOf(demand.PriceOf(level)));
        }
    }));

    private static WorkerReport Changed(WorkerReport report, Func<DemandCell, DemandCell> change) => report with { Demand = [.. report.Demand.Select(change)] };

    private static void Check(Property property, int tests = 300) => property.Check(Config.QuickThrowOnFailure.WithMaxTest(tests));
}
