using System.Diagnostics.Metrics;
using DeltaEdge.Core.Planning;
using DeltaEdge.Telemetry;

namespace DeltaEdge.Controller;

/// <summary>The controller's instruments.</summary>
internal sealed class ControllerMetrics
{
    private static readonly ControllerState[] States = Enum.GetValues<ControllerState>();
    private static readonly string[] StateNames = [.. States.Select(s => s.ToString().ToLowerInvariant())];

    private readonly Counter<long> _ticks;
    private readonly Counter<long> _changes;
    private volatile BudgetPlan? _plan;
    private volatile ControllerState _state;

    public ControllerMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(InstrumentNames.Meter);
        _ticks = meter.CreateCounter<long>(InstrumentNames.ControllerTicksTotal, "{tick}", "Runs of the controller's loop by outcome.");
        _changes = meter.CreateCounter<long>(InstrumentNames.PlanChangesTotal, "{change}", "Changes of the plan's ceilings.");
        meter.CreateObservableGauge(InstrumentNames.ControllerState, ObserveState, null, "1 for what the controller does now, 0 for the rest.");
        meter.CreateObservableGauge(InstrumentNames.PlanCeilingTokens, ObserveCeilings, "{token}", "Visual tokens that the plan allows per frame.");
        meter.CreateObservableGauge(InstrumentNames.PlanUtilisationRatio, () => Observe(p => p.PredictedUtilisation), null, "Offered load over capacity at the plan's budgets.");
        meter.CreateObservableGauge(InstrumentNames.PlanVersion, () => Observe(p => (double)p.Version), null, "Version of the last plan decided on.");
    }

    public ControllerState State
    {
        get => _state;
        set => _state = value;
    }

    public void Decided(BudgetPlan plan) => _plan = plan;

    public void Ticked(string outcome) => _ticks.Add(1, new KeyValuePair<string, object?>(TagNames.Outcome, outcome));

    public void Changed(bool up, string reason) => _changes.Add(
        1, new KeyValuePair<string, object?>(TagNames.Direction, up ? "up" : "down"), new KeyValuePair<string, object?>(TagNames.Reason, reason));

    private IEnumerable<Measurement<int>> ObserveState() => States.Select((state, i) =>
        new Measurement<int>(state == _state ? 1 : 0, new KeyValuePair<string, object?>(TagNames.State, StateNames[i])));

    private IEnumerable<Measurement<int>> ObserveCeilings() => _plan is not { } plan ? [] : plan.Classes.Select(c =>
        new Measurement<int>(c.Value.Ceiling, new KeyValuePair<string, object?>(TagNames.SlaClass, c.Key)));

    private IEnumerable<Measurement<double>> Observe(Func<BudgetPlan, double> read) => _plan is { } plan ? [new(read(plan))] : [];
}
