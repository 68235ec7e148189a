using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.UnitTests.Core;

public sealed class BudgetPlannerTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    [Fact]
    public void LittleLoad_KeepsFullBudget() => Assert.Equal(576, Ceiling(Run(Planner(), Reports.One(2), 20)[^1]));

    [Fact]
    public void LoadJumps_StepsDownWithinOnePeriod()
    {
        var planner = Planner();
        var (_, state) = planner.Next(default, Reports.One(1), TimeSpan.Zero);

        var (plan, _) = planner.Next(state, Reports.One(15), Period);

        Assert.True(Ceiling(plan) <= 64, $"Ceiling {Ceiling(plan)} at predicted load {plan.PredictedUtilisation}.");
        Assert.True(plan.PredictedUtilisation <= 0.85);
        Assert.Equal(PlanReasons.Load, plan.Reason);
    }

    [Fact]
    public void LoadBeyondEverything_StopsAtTheFloor()
    {
        var plan = Run(Planner(), Reports.One(10_000), 2)[^1];

        Assert.Equal(1, Ceiling(plan));
        Assert.Equal(PlanReasons.Saturated, plan.Reason);
    }

    [Fact]
    public void LoadGone_ClimbsOneRungAtATimeToFull()
    {
        var planner = Planner();
        var (_, state) = planner.Next(default, Reports.One(10_000), TimeSpan.Zero);
        var ceilings = new List<int> { 1 };
        for (var tick = 1; tick < 200; tick++)
        {
            (var plan, state) = planner.Next(state, Reports.One(1), tick * Period);
            if (Ceiling(plan) != ceilings[^1])
            {
                ceilings.Add(Ceiling(plan));
            }
        }

        Assert.Equal([1, 4, 16, 36, 64, 144, 576], ceilings);
    }

    [Fact]
    public void RicherLooksSafe_WaitsTheHoldBeforeClimbing()
    {
        var planner = Planner();
        var state = new PlannerState(Level: 2, Version: 1);
        var climbedAt = TimeSpan.MaxValue;
        for (var tick = 0; tick < 20 && climbedAt == TimeSpan.MaxValue; tick++)
        {
            (_, state) = planner.Next(state, Reports.One(1), tick * Period);
            climbedAt = state.Level < 2 ? tick * Period : climbedAt;
        }

        Assert.Equal(TimeSpan.FromSeconds(2), climbedAt);
    }

    [Fact]
    public void NoisyReadingsAroundALoadThatFits_ClimbAndStay()
    {
        // 4 asks a second take 0.6 of the fleet at 576 tokens; a short window reads them as 3, 4 or 5.
        var planner = Planner();
        var state = new PlannerState(Level: 3, Version: 1);
        double[] readings = [3.6, 4.8, 4, 3.2, 4.4];
        var levels = new List<int>();
        for (var tick = 0; tick < 400; tick++)
        {
            (_, state) = planner.Next(state, Reports.One(readings[tick % readings.Length]), tick * Period);
            levels.Add(state.Level);
        }

        Assert.Equal([3, 2, 1, 0], levels.Distinct());
        Assert.All(levels.Skip(100), level => Assert.Equal(0, level));
    }

    [Fact]
    public void LateAnswersAtLowPredictedLoad_StepDownOneRungPerHold()
    {
        var plans = Run(Planner(), Reports.One(0.5, p95: 0.49), 6);

        Assert.Equal([144, 144, 144, 144, 64, 64], plans.Select(Ceiling));
        Assert.Equal(PlanReasons.Latency, plans[0].Reason);
    }

    [Fact]
    public void LateAnswersRightAfterALoadStep_AreGivenTimeToDrain()
    {
        var planner = Planner();
        var (plan, state) = planner.Next(default, Reports.One(15), TimeSpan.Zero);

        var (next, _) = planner.Next(state, Reports.One(15, p95: 0.9), Period);

        Assert.Equal(Ceiling(plan), Ceiling(next));
    }

    [Fact]
    public void OneLateWorkerAmongMany_DoesNotDegradeTheFleet()
    {
        var reports = Enumerable.Range(0, 10).Select(i => Reports.Worker($"w{i}", Reports.Load(0.5, p95: i == 0 ? 2 : 0.1, finished: 10))).ToList();

        Assert.Equal(576, Ceiling(Planner().Next(default, reports, TimeSpan.Zero).Plan));
    }

    [Fact]
    public void BacklogLongerThanAnyDeadline_IsPressureBeforeAnyAnswerIsLate()
    {
        var report = Reports.Worker("w1", Reports.Load(1)) with { BacklogSeconds = 0.6 };

        Assert.Equal(144, Ceiling(Planner().Next(default, [report], TimeSpan.Zero).Plan));
    }

    [Fact]
    public void NoReports_ChangeNothing()
    {
        var planner = Planner();
        var (before, state) = planner.Next(default, Reports.One(15), TimeSpan.Zero);
        for (var tick = 1; tick < 100; tick++)
        {
            (var plan, state) = planner.Next(state, [], tick * Period);
            Assert.Equal(Ceiling(before), Ceiling(plan));
            Assert.Equal(PlanReasons.Blind, plan.Reason);
        }
    }

    [Fact]
    public void DrainingWorker_BringsLoadButNoCapacity()
    {
        var busy = Reports.Worker("w1", Reports.Load(3));
        var idle = Reports.Worker("w2", Reports.Load(3));
        var path = Planner().Path;

        var both = new FleetLoad([busy, idle], path).Utilisation(0);
        var draining = new FleetLoad([busy, idle with { Draining = true }], path).Utilisation(0);

        Assert.Equal(2 * both, draining, 12);
    }

    [Fact]
    public void HeavierClass_IsDegradedLater()
    {
        var reports = new[] { Reports.Worker("w1", Reports.Load(2.5, "flex"), Reports.Load(2.5), Reports.Load(2.5, "priority")) };

        var plan = Planner().Next(default, reports, TimeSpan.Zero).Plan;

        Assert.True(plan.Classes["flex"].Ceiling < plan.Classes["default"].Ceiling);
        Assert.True(plan.Classes["default"].Ceiling < plan.Classes["priority"].Ceiling);
    }

    [Fact]
    public void IdleClassesOnly_NeverCostATick()
    {
        // Only the heaviest class is asked for: one latency step must reach it, though the path takes from lighter classes first.
        var reports = new[] { Reports.Worker("w1", Reports.Load(1, "priority", p95: 0.29, finished: 5)) };

        Assert.Equal(144, Planner().Next(default, reports, TimeSpan.Zero).Plan.Classes["priority"].Ceiling);
    }

    [Fact]
    public void ClassFloor_IsNeverCrossed()
    {
        var catalog = new SlaCatalog([new SlaClass { Name = "plates", DeadlineMs = 500, MinTokens = 100, MaxTokens = 500 }]);
        var planner = new BudgetPlanner(TokenLadder.Default, catalog, new ControllerOptions());

        var plan = planner.Next(default, [Reports.Worker("w1", Reports.Load(1000, "plates"))], TimeSpan.Zero).Plan;

        Assert.Equal(new BudgetRange(144, 144), plan.Classes["plates"]);
    }

    [Fact]
    public void AdoptedPlan_GoesOnAtItsLevel()
    {
        var planner = Planner();
        var (plan, state) = planner.Next(new(0, 41), Reports.One(15), TimeSpan.Zero);

        var adopted = planner.Adopt(plan);

        Assert.Equal(state.Level, adopted.Level);
        Assert.Equal(42, adopted.Version);
    }

    [Fact]
    public void WrongProfile_SwingsLessAndLess()
    {
        // True cost at 576 is twice the profile's: answers are late there and nowhere else. A naive planner swings every 3 s for ever.
        var planner = Planner();
        var state = default(PlannerState);
        var changes = new List<TimeSpan>();
        for (var tick = 0; tick < 4 * 600; tick++)
        {
            var before = state.Level;
            (_, state) = planner.Next(state, Reports.One(3.5, p95: before == 0 ? 0.8 : 0.2), tick * Period);
            if (state.Level != before)
            {
                changes.Add(tick * Period);
            }
        }

        Assert.InRange(changes.Count(c => c > TimeSpan.FromMinutes(5)), 0, 12);
        Assert.True(changes.Count < 40, $"{changes.Count} changes in ten minutes.");
    }

    [Fact]
    public void FailedClimbs_AreForgottenWhenTheLoadIsGone()
    {
        var planner = Planner();
        var state = new PlannerState(Level: 1, Version: 1, FailedClimbs: 10, FailedLoad: 0.5, FailedLevel: 0);
        var ticks = 0;
        while (state.Level == 1 && ticks < 100)
        {
            (_, state) = planner.Next(state, Reports.One(0.5), ticks++ * Period);
        }

        Assert.InRange(ticks, 2, 10);
    }

    private static BudgetPlanner Planner() => new(TokenLadder.Default, SlaCatalog.Default, new ControllerOptions());

    private static int Ceiling(BudgetPlan plan) => plan.Classes["default"].Ceiling;

    private static List<BudgetPlan> Run(BudgetPlanner planner, IReadOnlyList<WorkerReport> reports, int ticks)
    {
        var state = default(PlannerState);
        var plans = new List<BudgetPlan>();
        for (var tick = 0; tick < ticks; tick++)
        {
            (var plan, state) = planner.Next(state, reports, tick * Period);
            plans.Add(plan);
        }

        return plans;
    }
}
