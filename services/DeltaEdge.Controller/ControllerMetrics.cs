using System.Diagnostics.Metrics;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Time;
using DeltaEdge.Telemetry;

namespace DeltaEdge.Controller;

/// <summary>The controller's instruments.</summary>
internal sealed class ControllerMetrics
{
    private static readonly ControllerState[] States = Enum.GetValues<ControllerState>();
    private static readonly string[] StateNames = [.. States.Select(s => s.ToString().ToLowerInvariant())];

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly MonotonicClock _clock;
    private readonly Queue<TimeSpan> _switches = new(); // times within the last minute, under its own lock
    private readonly Counter<long> _ticks;
    private readonly Counter<long> _changes;
    private volatile BudgetPlan? _plan;
    private volatile ControllerState _state;

    public ControllerMetrics(IMeterFactory factory, MonotonicClock clock)
    {
        _clock = clock;
        var meter = factory.Create(InstrumentNames.Meter);
        _ticks = meter.CreateCounter<long>(InstrumentNames.ControllerTicksTotal, "{tick}", "Runs of the controller's loop by outcome.");
        _changes = meter.CreateCounter<long>(InstrumentNames.PlanChangesTotal, "{change}", "Changes of the plan's price, and with it of somebody's ceiling.");
        meter.CreateObservableGauge(InstrumentNames.ControllerState, ObserveState, null, "1 for what the controller does now, 0 for the rest.");
        meter.CreateObservableGauge(InstrumentNames.PlanCeilingTokens, ObserveCeilings, "{token}", "Visual tokens that the plan allows per frame.");
        meter.CreateObservableGauge(InstrumentNames.PlanUtilisationRatio, () => Observe(p => p.PredictedUtilisation), null, "Offered load over capacity at the plan's budgets.");
        meter.CreateObservableGauge(InstrumentNames.PlanPrice, () => Observe(p => p.Price), null, "Weighted correct answers that a second of engine time must gain.");
        meter.CreateObservableGauge(InstrumentNames.PlanSwitchesPerMinute, SwitchesInLastMinute, "{change}", "Changes of the plan's price in the last minute.");
        meter.CreateObservableGauge(InstrumentNames.PlanVersion, () => Observe(p => (double)p.Version), null, "Version of the last plan decided on.");
    }

    public ControllerState State
    {
        get => _state;
        set => _state = value;
    }

    public void Decided(BudgetPlan plan) => _plan = plan;

    public void Ticked(string outcome) => _ticks.Add(1, new KeyValuePair<string, object?>(TagNames.Outcome, outcome));

    /// <param name="up">Whether budgets rose, which is to say the price fell.</param>
    /// <param name="reason">One of <see cref="PlanReasons"/>.</param>
    public void Changed(bool up, string reason)
    {
        _changes.Add(1, new KeyValuePair<string, object?>(TagNames.Direction, up ? "up" : "down"), new KeyValuePair<string, object?>(TagNames.Reason, reason));
        lock (_switches)
        {
            _switches.Enqueue(_clock.Now);
            ForgetOldSwitches_NeedsLock();
        }
    }

    private int SwitchesInLastMinute()
    {
        lock (_switches)
        {
            ForgetOldSwitches_NeedsLock();
            return _switches.Count;
        }
    }

    private void ForgetOldSwitches_NeedsLock()
    {
        while (_switches.TryPeek(out var at) && _clock.Now - at > Minute)
        {
            _switches.Dequeue();
        }
    }

    private IEnumerable<Measurement<int>> ObserveState() => States.Select((state, i) =>
        new Measurement<int>(state == _state ? 1 : 0, new KeyValuePair<string, object?>(TagNames.State, StateNames[i])));

    private IEnumerable<Measurement<int>> ObserveCeilings() => _plan is not { } plan ? [] : plan.Classes.Select(c =>
        new Measurement<int>(c.Value.Ceiling, new KeyValuePair<string, object?>(TagNames.SlaClass, c.Key)));

    private IEnumerable<Measurement<double>> Observe(Func<BudgetPlan, double> read) => _plan is { } plan ? [new(read(plan))] : [];
}
