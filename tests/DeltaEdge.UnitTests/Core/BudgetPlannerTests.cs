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

        Assert.Equal(64, Ceiling(plan));
        Assert.True(plan.PredictedUtilisation <= 0.95);
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
    public void LoadGone_ClimbsOneStepAHoldToFull()
    {
        // At 5 asks a second a rung below 144 adds little, so that several make one step; 144 and 576 are steps of their own.
        var planner = Planner();
        var (_, state) = planner.Next(default, Reports.One(10_000), TimeSpan.Zero);
        var climbs = new List<(int Ceiling, TimeSpan At)>();
        for (var tick = 1; tick < 200; tick++)
        {
            (var plan, state) = planner.Next(state, Reports.One(5), tick * Period);
            if (Ceiling(plan) != (climbs.Count == 0 ? 1 : climbs[^1].Ceiling))
            {
                climbs.Add((Ceiling(plan), tick * Period));
            }
        }

        Assert.Equal([64, 144, 576], climbs.Select(c => c.Ceiling));
        Assert.All(climbs.Zip(climbs.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromSeconds(2)));
        Assert.Equal(0, state.Price);
    }

    [Fact]
    public void LoadOfFourFifths_ClimbsBackToFull()
    {
        // 5.5 asks a second need 0.8 of the engine at 576 tokens and are predicted to be on time there.
        Assert.Equal(576, Ceiling(Run(Planner(), Reports.One(5.5), 60, price: 1000)[^1]));
    }

    [Fact]
    public void TightDeadline_StaysWhereAnAskAndTheOneBeforeItAreOnTime()
    {
        // 300 ms: at 576 tokens two services of 146 ms and their queue would not fit, at 144 tokens they do.
        var reports = new[] { Reports.Worker("w1", Reports.Load(3, "priority")) };

        Assert.Equal(144, Run(Planner(), reports, 60, price: 1000)[^1].Classes["priority"].Ceiling);
    }

    [Fact]
    public void RicherLooksSafe_WaitsTheHoldBeforeClimbing()
    {
        var planner = Planner();
        var state = new PlannerState(Price: 4, Version: 1);
        var climbedAt = TimeSpan.MaxValue;
        for (var tick = 0; tick < 20 && climbedAt == TimeSpan.MaxValue; tick++)
        {
            (_, state) = planner.Next(state, Reports.One(1), tick * Period);
            climbedAt = state.Price < 4 ? tick * Period : climbedAt;
        }

        Assert.Equal(TimeSpan.FromSeconds(2), climbedAt);
    }

    [Fact]
    public void LoadTooHigh_IsABurstUntilItHasStayed()
    {
        var planner = new BudgetPlanner(TokenLadder.Default, SlaCatalog.Default, new ControllerOptions());

        var plans = Run(planner, Reports.One(8), 12);

        Assert.All(plans.Take(8), plan => Assert.Equal((576, PlanReasons.Steady), (Ceiling(plan), plan.Reason)));
        Assert.Equal((144, PlanReasons.Load), (Ceiling(plans[8]), plans[8].Reason));
    }

    [Fact]
    public void LateAnswersAtLowPredictedLoad_StepDownOneRungPerHold()
    {
        var plans = Run(Planner(), Reports.One(0.5, p95: 0.49), 6);

        Assert.Equal([144, 144, 144, 144, 64, 64], plans.Select(Ceiling));
        Assert.Equal(PlanReasons.Latency, plans[0].Reason);
    }

    [Fact]
    public void DeadlinesUsedUpButMet_AreNoPressure()
    {
        var report = Reports.Worker("w1", Reports.Load(2, p95: 0.49, finished: 20) with { OnTime = 19 });

        Assert.Equal(576, Ceiling(Planner().Next(default, [report], TimeSpan.Zero).Plan));
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
            Assert.Equal((Ceiling(before), before.Price), (Ceiling(plan), plan.Price));
            Assert.Equal(PlanReasons.Blind, plan.Reason);
        }
    }

    [Fact]
    public void HeavierClass_KeepsMoreThanALighterOne()
    {
        var reports = new[] { Reports.Worker("w1", Reports.Load(3, "flex"), Reports.Load(3), Reports.Load(3, "priority")) };

        var plan = Planner().Next(default, reports, TimeSpan.Zero).Plan;

        Assert.True(plan.Classes["flex"].Ceiling <= plan.Classes["default"].Ceiling);
        Assert.True(plan.Classes["default"].Ceiling <= plan.Classes["priority"].Ceiling);
        Assert.True(plan.Classes["flex"].Ceiling < plan.Classes["priority"].Ceiling);
    }

    [Fact]
    public void StreamThatGainsNothingFromTokens_GivesThemToTheOneThatDoes()
    {
        // Both are of one class; yes-or-no answers are as good at 4 tokens, reading is not.
        var yesNo = Reports.Cell(5) with { Values = [0.90, 0.90, 0.90, 0.90, 0.90, 0.90, 0.60] };
        var reading = Reports.Cell(5) with { Values = [0.90, 0.70, 0.50, 0.40, 0.30, 0.20, 0.10] };
        var report = Reports.Worker("w1") with { Demand = [yesNo, reading] };

        var plan = Planner().Next(default, [report], TimeSpan.Zero).Plan;

        // Everybody at 576 would not fit; at 4 and at 576 they do, and no other budgets that fit gain more.
        var wanted = report with { Demand = [yesNo with { Range = new(4, 4) }, reading with { Range = new(576, 576) }] };
        Assert.Equal(576, Ceiling(plan));
        Assert.True(new FleetDemand([report with { Demand = [reading, reading] }], SlaCatalog.Default).At(0).Utilisation > 1.1);
        Assert.Equal(new FleetDemand([wanted], SlaCatalog.Default).At(0).Utilisation, plan.PredictedUtilisation, 9);
    }

    [Fact]
    public void IdleClasses_KeepTheirOwnCeilings()
    {
        var plan = Planner().Next(default, Reports.One(15), TimeSpan.Zero).Plan;

        Assert.Equal(new BudgetRange(1, 576), plan.Classes["priority"]);
    }

    [Fact]
    public void ClassFloor_IsNeverCrossed()
    {
        var catalog = new SlaCatalog([new SlaClass { Name = "plates", DeadlineMs = 500, MinTokens = 100, MaxTokens = 500 }]);

        var plan = Planner(catalog).Next(default, [Reports.Worker("w1", Reports.Load(1000, "plates"))], TimeSpan.Zero).Plan;

        Assert.Equal(new BudgetRange(144, 144), plan.Classes["plates"]);
    }

    [Fact]
    public void WhereNotEvenFloorsHaveSlack_LoadAloneDecides()
    {
        // 39 ms at the floors, 24 a second: the queue's tail at floors is beyond half a second, but there is capacity for more than floors.
        var plans = Run(Planner(), Reports.One(24), ticks: 20);

        Assert.InRange(Ceiling(plans[^1]), 2, 576);
        Assert.True(plans[^1].PredictedUtilisation <= 1.1);
    }

    [Fact]
    public void AdoptedPlan_GoesOnAtItsPrice()
    {
        var planner = Planner();
        var (plan, state) = planner.Next(new(0, 41), Reports.One(15), TimeSpan.Zero);

        var adopted = BudgetPlanner.Adopt(plan);

        Assert.Equal(state.Price, adopted.Price);
        Assert.Equal(42, adopted.Version);
        Assert.Equal(Ceiling(plan), Ceiling(planner.Next(adopted, Reports.One(15), Period).Plan));
    }

    [Fact]
    public void Drift_MovesLoadButNotPrices()
    {
        var slow = Reports.Worker("w1", Reports.Load(5)) with { Profile = Reports.Profile() with { Correction = 3 } };

        var demand = new FleetDemand([slow], SlaCatalog.Default);
        var right = new FleetDemand(Reports.One(5), SlaCatalog.Default);

        Assert.Equal(3 * right.At(0).Utilisation, demand.At(0).Utilisation, 12);
        Assert.Equal(right.PriceOf(2), demand.PriceOf(2), 12);
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
            var before = state.Price;
            (_, state) = planner.Next(state, Reports.One(3.5, p95: before == 0 ? 0.8 : 0.2), tick * Period);
            if (state.Price != before)
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
        var state = new PlannerState(Price: 2, Version: 1, FailedClimbs: 10, FailedLoad: 0.5, FailedPrice: 0);
        var ticks = 0;
        while (state.Price == 2 && ticks < 100)
        {
            (_, state) = planner.Next(state, Reports.One(0.5), ticks++ * Period);
        }

        Assert.InRange(ticks, 2, 10);
    }

    /// <summary>One that takes load as it is read, so that a step down is one call.</summary>
    private static BudgetPlanner Planner(SlaCatalog? catalog = null) => new(
        TokenLadder.Default, catalog ?? SlaCatalog.Default, new ControllerOptions { HighUtilisation = 1.1, LowUtilisation = 0.95, ConfirmHoldMs = 0, UpHoldMs = 2000 });

    private static int Ceiling(BudgetPlan plan) => plan.Classes["default"].Ceiling;

    private static List<BudgetPlan> Run(BudgetPlanner planner, IReadOnlyList<WorkerReport> reports, int ticks, double price = 0)
    {
        var state = new PlannerState(price, 0);
        var plans = new List<BudgetPlan>();
        for (var tick = 0; tick < ticks; tick++)
        {
            (var plan, state) = planner.Next(state, reports, tick * Period);
            plans.Add(plan);
        }

        return plans;
    }
}
