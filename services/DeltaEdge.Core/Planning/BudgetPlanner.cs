using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.Core.Planning;

/// <summary>
/// The slow loop's decision, pure: from all reports the level of the <see cref="DegradationPath"/> at which predicted load fits the
/// fleet.
/// <list type="number">
/// <item>No reports: nothing is known, nothing changes.</item>
/// <item>Predicted load too high: down at once, as far as it takes.</item>
/// <item>Load fits but answers come late all the same (the profile is wrong): down one step, then wait to see what it did.</item>
/// <item>A richer level has looked safe for a while: up one step. If latency undoes it, the next try waits twice as long, so that
/// a wrong profile does not make the budget swing for ever.</item>
/// </list>
/// </summary>
public sealed class BudgetPlanner(TokenLadder ladder, SlaCatalog catalog, ControllerOptions options)
{
    /// <summary>A step down for latency within this long of a climb is the climb's fault.</summary>
    private static readonly TimeSpan ClimbTrial = TimeSpan.FromSeconds(10);

    /// <summary>Load at the failed level must have fallen to this share before failures are forgotten early.</summary>
    private const double ForgetShare = 0.7;

    private const int MostDoublings = 16;

    /// <summary>
    /// Share of each new reading in the smoothed load that a climb is judged by, about five readings' mean. A camera at 1 frame/s
    /// is counted as 0.7 or 1.3 over a window of 1.5 s: unsmoothed, such noise would keep a fleet that has room from climbing.
    /// </summary>
    private const double Smoothing = 0.2;

    private readonly double _high = options.HighUtilisation;
    private readonly double _low = options.LowUtilisation;
    private readonly double _pressure = options.LatencyPressure;
    private readonly TimeSpan _upHold = TimeSpan.FromMilliseconds(options.UpHoldMs);
    private readonly TimeSpan _maxUpHold = TimeSpan.FromMilliseconds(Math.Max(options.UpHoldMs, options.MaxUpHoldMs));
    private readonly TimeSpan _downHold = TimeSpan.FromMilliseconds(options.DownHoldMs);
    private readonly int _planTtlMs = options.PlanTtlMs;

    public TokenLadder Ladder { get; } = ladder;

    public DegradationPath Path { get; } = new(ladder, catalog);

    /// <summary>A state that goes on from somebody else's plan, so that a new leader does not start with a swing.</summary>
    public PlannerState Adopt(BudgetPlan plan) => new(Path.LevelOf(plan), plan.Version);

    /// <summary>The next plan and what to remember for the one after it.</summary>
    public (BudgetPlan Plan, PlannerState State) Next(PlannerState state, IReadOnlyList<WorkerReport> reports, TimeSpan now)
    {
        var load = new FleetLoad(reports, Path);
        var (next, reason) = reports.Count == 0
            ? (state with { RicherSafeSince = null }, PlanReasons.Blind)
            : Decide(Forget(state, load, now), load, load.ActiveClasses(), now);
        next = next with { Version = state.Version + 1 };
        return (PlanAt(next, reason, load.Utilisation(next.Level)), next);
    }

    /// <summary>How long a richer level has to look safe before it is tried.</summary>
    public TimeSpan ClimbHold(PlannerState state)
    {
        var hold = _upHold * Math.Pow(2, Math.Min(state.FailedClimbs, MostDoublings));
        return hold < _maxUpHold ? hold : _maxUpHold;
    }

    private (PlannerState State, string Reason) Decide(PlannerState state, FleetLoad load, bool[] active, TimeSpan now)
    {
        var level = state.Level;
        for (var next = Path.Poorer(level, active); next != level && load.Utilisation(level) > _high; next = Path.Poorer(level, active))
        {
            level = next;
        }

        if (level != state.Level)
        {
            return (state with { Level = level, RicherSafeSince = null, LastStepDown = now }, PlanReasons.Load);
        }

        if (load.Utilisation(level) > _high)
        {
            return (state with { RicherSafeSince = null }, PlanReasons.Saturated);
        }

        var late = load.UnderPressure(_pressure);
        return late ? (StepDown(state, load, active, now), PlanReasons.Latency) : Climb(state, load, active, now);
    }

    private PlannerState StepDown(PlannerState state, FleetLoad load, bool[] active, TimeSpan now)
    {
        var poorer = Path.Poorer(state.Level, active);
        if (poorer == state.Level || now - state.LastStepDown < _downHold)
        {
            return state with { RicherSafeSince = null };
        }

        var climbFailed = now - state.LastClimb <= Max(ClimbTrial, 2 * ClimbHold(state));
        return state with
        {
            Level = poorer,
            RicherSafeSince = null,
            LastStepDown = now,
            LastClimb = null,
            FailedClimbs = climbFailed ? Math.Min(state.FailedClimbs + 1, MostDoublings) : state.FailedClimbs,
            FailedLoad = load.Utilisation(state.Level),
            FailedLevel = state.Level,
        };
    }

    private (PlannerState State, string Reason) Climb(PlannerState state, FleetLoad load, bool[] active, TimeSpan now)
    {
        var richer = Path.Richer(state.Level, active);
        var reading = load.Utilisation(richer);
        if (state.Level == 0 || reading > _high)
        {
            return (state with { RicherSafeSince = null }, PlanReasons.Steady);
        }

        var smoothed = state.RicherSafeSince is null ? reading : state.RicherLoad + (Smoothing * (reading - state.RicherLoad));
        var since = smoothed > _low ? now : state.RicherSafeSince ?? now;
        return smoothed <= _low && now - since >= ClimbHold(state)
            ? (state with { Level = richer, RicherSafeSince = null, LastClimb = now }, PlanReasons.Recovery)
            : (state with { RicherSafeSince = since, RicherLoad = smoothed }, PlanReasons.Steady);
    }

    /// <summary>Failures are forgotten when a climb has lasted, or when the load that made one fail is gone.</summary>
    private PlannerState Forget(PlannerState state, FleetLoad load, TimeSpan now)
    {
        var lasted = now - state.LastClimb > Max(ClimbTrial, 2 * ClimbHold(state));
        var fellAway = load.Utilisation(Math.Min(state.FailedLevel, Path.Last)) < ForgetShare * state.FailedLoad;
        return state.FailedClimbs > 0 && (lasted || fellAway) ? state with { FailedClimbs = 0 } : state;
    }

    private BudgetPlan PlanAt(PlannerState state, string reason, double utilisation)
    {
        var classes = ImmutableDictionary.CreateBuilder<string, BudgetRange>();
        var ranges = Path.At(state.Level);
        for (var i = 0; i < ranges.Length; i++)
        {
            classes.Add(catalog.Classes[i].Name, ranges[i]);
        }

        return new()
        {
            Version = state.Version,
            TtlMs = _planTtlMs,
            Classes = classes.ToImmutable(),
            PredictedUtilisation = utilisation,
            Reason = reason,
        };
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
