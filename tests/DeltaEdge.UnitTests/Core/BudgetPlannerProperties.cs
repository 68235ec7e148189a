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

    private static readonly SlaCatalog Catalog = new(
    [
        new SlaClass { Name = "priority", DeadlineMs = 300, Weight = 2, MinTokens = 16 },
        new SlaClass { Name = "default", DeadlineMs = 500 },
        new SlaClass { Name = "flex", DeadlineMs = 5000, Weight = 0.5, MaxTokens = 144 },
        new SlaClass { Name = "odd", DeadlineMs = 1000, Weight = 0.5, MinTokens = 10, MaxTokens = 500 },
    ]);

    private static readonly BudgetPlanner Planner = new(TokenLadder.Default, Catalog, new ControllerOptions());

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
        from scale in Gen.Choose(1, 400).Select(s => s / 100.0)
        from backlog in Gen.Choose(0, 600).Select(b => b / 100.0)
        from draining in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        select Reports.Worker($"w{id}", loads) with { Profile = Reports.Profile(scale), BacklogSeconds = backlog, Draining = draining };

    private static readonly Gen<WorkerReport[]> Fleets = Workers.ListOf().Select(w => w.Take(5).ToArray());

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

            Assert.Equal(tick, plan.Version);
        }
    }));

    [Fact]
    public void AnyReports_GiveAPlanThatFitsOrIsTheLeast() => Check(Prop.ForAll(Fleets.ToArbitrary(), fleet =>
    {
        var (plan, state) = Planner.Next(default, fleet, TimeSpan.Zero);
        var load = new FleetLoad(fleet, Planner.Path);

        Assert.True(plan.PredictedUtilisation <= 0.85 || Planner.Path.Poorer(state.Level, load.ActiveClasses()) == state.Level);
    }));

    [Fact]
    public void AnyStep_UpIsOneStepOfWhatIsUsedAndOnlyWhereLoadAllows() => Check(Prop.ForAll(Fleets.ListOf().ToArbitrary(), fleets =>
    {
        var state = default(PlannerState);
        var tick = 0;
        foreach (var fleet in fleets)
        {
            var before = state.Level;
            (_, state) = Planner.Next(state, fleet, tick++ * TimeSpan.FromSeconds(3));
            if (state.Level < before)
            {
                var load = new FleetLoad(fleet, Planner.Path);
                Assert.Equal(Planner.Path.Richer(before, load.ActiveClasses()), state.Level);
                Assert.True(load.Utilisation(state.Level) <= 0.85 && !load.UnderPressure(0.9));
            }
        }
    }));

    [Fact]
    public void ConstantReports_SettleAndNeverMoveAgain() => Check(Prop.ForAll(Fleets.ToArbitrary(), Gen.Choose(0, Planner.Path.Last).ToArbitrary(), (fleet, level) =>
    {
        var state = new PlannerState(level, 0);
        var directions = new HashSet<int>();
        var lastChange = 0;
        for (var tick = 1; tick < 400; tick++)
        {
            var before = state.Level;
            (_, state) = Planner.Next(state, fleet, tick * Period);
            if (state.Level != before)
            {
                directions.Add(Math.Sign(state.Level - before));
                lastChange = tick;
            }
        }

        Assert.True(directions.Count <= 1, "The level went both ways on constant reports.");
        Assert.True(lastChange < 200, $"Still moving at tick {lastChange}.");
    }));

    [Fact]
    public void MoreLoad_NeverGivesARicherPlan() => Check(Prop.ForAll(Fleets.ToArbitrary(), Gen.Choose(100, 500).ToArbitrary(), (fleet, percent) =>
    {
        var heavier = fleet.Select(w => w with
        {
            Classes = [.. w.Classes.Select(c => c with { FramesPerSecond = c.FramesPerSecond * percent / 100, QuestionsPerSecond = c.QuestionsPerSecond * percent / 100 })],
        }).ToList();

        Assert.True(Planner.Next(default, heavier, TimeSpan.Zero).State.Level >= Planner.Next(default, fleet, TimeSpan.Zero).State.Level);
    }));

    private static void Check(Property property) => property.Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
