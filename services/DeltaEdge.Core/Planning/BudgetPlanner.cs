using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.Core.Planning;

/// <summary>
/// The slow loop's decision, pure: from all reports the price of an engine second at which predicted load fits the fleet and 95 % of
/// asks are predicted to be on time (<see cref="FleetDemand"/>). At one price for all, no second could gain more elsewhere.
/// <list type="number">
/// <item>No reports: nothing is known, nothing changes.</item>
/// <item>Predicted load too high for a while: up with the price, as far as it takes. Bursts are the workers' own loops' to bear: they see
/// them first, and a price that outlives its burst costs accuracy for nothing.</item>
/// <item>Load fits but answers come late all the same (the profile is wrong): one step, then wait to see what it did.</item>
/// <item>A lower price has looked safe for a while: one step. If it has to be undone, the next try waits twice as long, so that
/// neither a wrong profile nor chance makes budgets swing for ever.</item>
/// </list>
/// A step is the next price at which somebody's budget changes, and further ones that are small together.
/// </summary>
public sealed class BudgetPlanner(TokenLadder ladder, SlaCatalog catalog, ControllerOptions options)
{
    /// <summary>A step down within this long of a climb is the climb's fault, unless load has grown.</summary>
    private static readonly TimeSpan ClimbTrial = TimeSpan.FromSeconds(30);

    /// <summary>Load over what a climb was expected to come to, beyond which the load is to blame and not the climb.</summary>
    private const double GrownShare = 1.3;

    /// <summary>Load at the failed price must have fallen to this share before failures are forgotten early.</summary>
    private const double ForgetShare = 0.7;

    private const int MostDoublings = 16;

    /// <summary>Share of each new reading in the smoothed load that a climb is judged by, about five readings' mean.</summary>
    private const double Smoothing = 0.2;

    /// <summary>Load, over capacity on the way up and over itself on the way down, that one step moves if single rungs move less.</summary>
    private const double StepShare = 0.1;

    private readonly ImmutableArray<BudgetRange> _ranges = [.. catalog.Classes.Select(c => c.RangeOn(ladder))];
    private readonly double _high = options.HighUtilisation;
    private readonly double _low = options.LowUtilisation;
    private readonly double _highSlack = options.ClimbSlack;
    private readonly double _lowSlack = options.LeastSlack;
    private readonly double _pressure = options.LatencyPressure;
    private readonly TimeSpan _upHold = TimeSpan.FromMilliseconds(options.UpHoldMs);
    private readonly TimeSpan _maxUpHold = TimeSpan.FromMilliseconds(Math.Max(options.UpHoldMs, options.MaxUpHoldMs));
    private readonly TimeSpan _downHold = TimeSpan.FromMilliseconds(options.DownHoldMs);
    private readonly TimeSpan _confirmHold = TimeSpan.FromMilliseconds(options.ConfirmHoldMs);
    private readonly int _planTtlMs = options.PlanTtlMs;

    public TokenLadder Ladder { get; } = ladder;

    /// <summary>A state that goes on from somebody else's plan, so that a new leader does not start with a swing.</summary>
    public static PlannerState Adopt(BudgetPlan plan) => new(plan.Price, plan.Version, plan.Classes);

    /// <summary>The next plan and what to remember for the one after it.</summary>
    public (BudgetPlan Plan, PlannerState State) Next(PlannerState state, IReadOnlyList<WorkerReport> reports, TimeSpan now)
    {
        var demand = new FleetDemand(reports, catalog);
        var (next, reason) = reports.Count == 0
            ? (state with { OverSince = null, RicherSafeSince = null }, PlanReasons.Blind)
            : Decide(Forget(state, demand, now), demand, new FleetPressure(reports, catalog), now);
        next = next with { Version = state.Version + 1, Classes = reports.Count == 0 && state.Classes is { } kept ? kept : ClassesAt(next.Price, demand) };
        var plan = new BudgetPlan
        {
            Version = next.Version,
            TtlMs = _planTtlMs,
            Classes = next.Classes,
            Price = next.Price,
            PredictedUtilisation = demand.At(next.Price).Utilisation,
            Reason = reason,
        };
        return (plan, next);
    }

    /// <summary>How long a lower price has to look safe before it is tried.</summary>
    public TimeSpan ClimbHold(PlannerState state)
    {
        var hold = _upHold * Math.Pow(2, Math.Min(state.FailedClimbs, MostDoublings));
        return hold < _maxUpHold ? hold : _maxUpHold;
    }

    private (PlannerState State, string Reason) Decide(PlannerState state, FleetDemand demand, FleetPressure pressure, TimeSpan now)
    {
        var forecast = demand.At(state.Price);
        var late = pressure.IsLate(_pressure);
        if (Fits(demand, forecast, _high, _lowSlack))
        {
            return late
                ? (StepDown(state with { OverSince = null }, demand, now), PlanReasons.Latency)
                : Climb(state with { OverSince = null }, demand, now);
        }

        state = state with { OverSince = state.OverSince ?? now, RicherSafeSince = null };
        if (demand.LevelOf(state.Price) == 0)
        {
            return (state, forecast.Utilisation > _high ? PlanReasons.Saturated : PlanReasons.Steady);
        }

        return now - state.OverSince >= _confirmHold
            ? (MoveDown(state, demand, RichestThatFits(demand, state.Price), now), PlanReasons.Load)
            : (state, PlanReasons.Steady);
    }

    /// <summary>The richest level below the price's own with load to spare; 0 if none has. Load only rises with the level and slack falls, so it is found by halving.</summary>
    private int RichestThatFits(FleetDemand demand, double price)
    {
        var (fits, above) = (0, demand.LevelOf(price));
        while (above - fits > 1)
        {
            var middle = (fits + above) / 2;
            (fits, above) = Fits(demand, demand.At(demand.PriceOf(middle)), _low, _lowSlack) ? (middle, above) : (fits, middle);
        }

        return fits;
    }

    private PlannerState StepDown(PlannerState state, FleetDemand demand, TimeSpan now)
    {
        var level = demand.LevelOf(state.Price);
        if (level == 0 || now - state.LastStepDown < _downHold)
        {
            return state with { RicherSafeSince = null };
        }

        var wanted = (1 - StepShare) * demand.At(state.Price).Utilisation;
        for (level--; level > 0 && demand.At(demand.PriceOf(level)).Utilisation > wanted;)
        {
            level--;
        }

        return MoveDown(state, demand, level, now);
    }

    private PlannerState MoveDown(PlannerState state, FleetDemand demand, int level, TimeSpan now)
    {
        var load = demand.At(state.Price).Utilisation;
        var climbFailed = now - state.LastClimb <= Trial(state) && load <= GrownShare * state.ClimbLoad;
        return state with
        {
            Price = demand.PriceOf(level),
            OverSince = null,
            RicherSafeSince = null,
            LastStepDown = now,
            LastClimb = null,
            FailedClimbs = climbFailed ? Math.Min(state.FailedClimbs + 1, MostDoublings) : state.FailedClimbs,
            FailedLoad = load,
            FailedPrice = state.Price,
        };
    }

    private (PlannerState State, string Reason) Climb(PlannerState state, FleetDemand demand, TimeSpan now)
    {
        var level = demand.LevelOf(state.Price);
        var richer = Math.Min(level + 1, demand.Top);
        var forecast = demand.At(demand.PriceOf(richer));
        if (state.Price == 0 || !Fits(demand, forecast, _high, _highSlack))
        {
            return (state with { RicherSafeSince = null }, PlanReasons.Steady);
        }

        var reading = forecast.Utilisation;
        var smoothed = state.RicherSafeSince is null ? reading : state.RicherLoad + (Smoothing * (reading - state.RicherLoad));
        var since = smoothed > _low ? now : state.RicherSafeSince ?? now;
        state = state with { RicherSafeSince = since, RicherLoad = smoothed };
        if (smoothed > _low || now - since < ClimbHold(state))
        {
            return (state, PlanReasons.Steady);
        }

        var most = Math.Min(_low, demand.At(state.Price).Utilisation + StepShare);
        while (richer < demand.Top && Fits(demand, demand.At(demand.PriceOf(richer + 1)), most, _highSlack))
        {
            richer++;
        }

        var price = demand.PriceOf(richer);
        var expected = Math.Max(smoothed, demand.At(price).Utilisation);
        return (state with { Price = price, RicherSafeSince = null, LastClimb = now, ClimbLoad = expected }, PlanReasons.Recovery);
    }

    /// <summary>Failures are forgotten when a climb has lasted, or when the load that made one fail is gone.</summary>
    private PlannerState Forget(PlannerState state, FleetDemand demand, TimeSpan now)
    {
        var lasted = now - state.LastClimb > Trial(state);
        return state.FailedClimbs > 0 && (lasted || demand.At(state.FailedPrice).Utilisation < ForgetShare * state.FailedLoad)
            ? state with { FailedClimbs = 0 }
            : state;
    }

    private TimeSpan Trial(PlannerState state)
    {
        var hold = 2 * ClimbHold(state);
        return hold > ClimbTrial ? hold : ClimbTrial;
    }

    private ImmutableDictionary<string, BudgetRange> ClassesAt(double price, FleetDemand demand)
    {
        var classes = ImmutableDictionary.CreateBuilder<string, BudgetRange>();
        for (var i = 0; i < _ranges.Length; i++)
        {
            var sla = catalog.Classes[i];
            var own = _ranges[i];
            classes.Add(sla.Name, demand.CeilingAt(price, sla) is { } most ? own with { Ceiling = own.Clamp(most) } : own);
        }

        return classes.ToImmutable();
    }

    /// <summary>
    /// Whether load and slack are as wanted. Where not even floors have the least slack, load alone decides: the last tokens would then be
    /// given up for asks that cannot be saved, and those are turned away at the workers' doors. That slack is the least, also for a climb
    /// that wants more: else it would climb to where it may not stay.
    /// </summary>
    private bool Fits(FleetDemand demand, LoadForecast forecast, double utilisation, double slack) =>
        forecast.Utilisation <= utilisation && (forecast.Slack >= slack || demand.At(demand.PriceOf(0)).Slack < _lowSlack);
}
