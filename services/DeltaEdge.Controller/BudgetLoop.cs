using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Leadership;
using DeltaEdge.Fabric.Plans;
using DeltaEdge.Fabric.Workers;
using DeltaEdge.Telemetry.Health;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Controller;

/// <summary>The slow loop: every period, if this controller leads, from the live reports the next plan.</summary>
internal sealed partial class BudgetLoop(
    IWorkerRegistry workers,
    IPlanBoard board,
    ILeaderLease lease,
    ISharedState shared,
    SlaCatalog catalog,
    MonotonicClock clock,
    ControllerMetrics metrics,
    ReadinessGate gate,
    IOptions<ControllerOptions> options,
    ILogger<BudgetLoop> logger) : BackgroundService
{
    private readonly ControllerOptions _options = options.Value;
    private readonly string _id = $"controller-{Guid.NewGuid():N}";
    private readonly ReadinessCondition _reachable = gate.Register("shared_state", "Shared state has not been reached yet.");
    private BudgetPlanner _planner = new(TokenLadder.Default, catalog, options.Value);
    private PlannerState _state;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(_options.PeriodMs), clock.Provider);
        try
        {
            do
            {
                await TickAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await lease.ReleaseAsync(_id, CancellationToken.None);
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        try
        {
            metrics.Ticked(await StepAsync(cancellationToken));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogTickFailed(e); // One bad report must not end the loop: the next tick may do better, and workers steer alone meanwhile.
            metrics.Ticked("failed");
        }
    }

    private async Task<string> StepAsync(CancellationToken cancellationToken)
    {
        // Not before the board has been read: a leader that does not know the plan would start it over.
        var term = !_options.Shadow && shared.Reachable ? await lease.TryHoldAsync(_id, cancellationToken) : null;
        var leads = term is not null;
        Enter(_options.Shadow ? ControllerState.Shadow
            : leads ? ControllerState.Leading
            : shared.Reachable ? ControllerState.Standby
            : ControllerState.Away);
        var reports = workers.Live;
        UseLadderOf(reports);
        if (board.Latest is { } current && (!leads || current.Version > _state.Version) && !_options.Shadow)
        {
            _state = BudgetPlanner.Adopt(current);
            metrics.Decided(current);
        }

        if (!leads && !_options.Shadow)
        {
            return metrics.State == ControllerState.Away ? "unavailable" : "standby";
        }

        var before = _state.Price;
        var (plan, next) = _planner.Next(_state, reports, clock.Now);
        _state = next;
        var outcome = term is { } mine ? await PublishAsync(plan, mine, cancellationToken) : "shadow";
        Report(plan, before);
        return outcome;
    }

    /// <summary>A board that is ahead, say of a leader that was paused, is followed at the next tick, or overtaken if its plan has run out.</summary>
    private async Task<string> PublishAsync(BudgetPlan plan, long term, CancellationToken cancellationToken)
    {
        var receipt = await board.PublishAsync(plan, term, cancellationToken);
        if (receipt.Outcome == PlanOutcome.Older)
        {
            _state = _state with { Version = receipt.BoardVersion - (board.Latest is null ? 0 : 1) };
        }

        return receipt.Outcome switch
        {
            PlanOutcome.Published => "published",
            PlanOutcome.Older => "older",
            PlanOutcome.NotLeader => "standby",
            _ => "unavailable",
        };
    }

    /// <summary>The ladder is the model's; another model starts afresh.</summary>
    private void UseLadderOf(ImmutableArray<WorkerReport> reports)
    {
        if (!reports.IsEmpty && !reports[0].Profile.Ladder.Budgets.SequenceEqual(_planner.Ladder.Budgets))
        {
            _planner = new(reports[0].Profile.Ladder, catalog, _options);
            _state = new(Price: 0, _state.Version);
        }
    }

    private void Enter(ControllerState state)
    {
        if (state == ControllerState.Away)
        {
            _reachable.SetNotReady("Shared state is out of reach.");
        }
        else
        {
            _reachable.SetReady();
        }

        if (state != metrics.State)
        {
            metrics.State = state;
            LogState(state);
        }
    }

    private void Report(BudgetPlan plan, double before)
    {
        metrics.Decided(plan);
        if (before == plan.Price)
        {
            return;
        }

        metrics.Changed(plan.Price < before, plan.Reason);
        if (logger.IsEnabled(LogLevel.Information))
        {
            var ceilings = string.Join(", ", plan.Classes.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value.Ceiling}"));
            LogBudgetChanged(_options.Shadow ? "would become" : "is", ceilings, plan.Price, plan.Reason, plan.PredictedUtilisation);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The budget {Verb} {Ceilings} at price {Price:G4} ({Reason}; predicted load {Utilisation:F2})", EventName = "BudgetChanged")]
    private partial void LogBudgetChanged(string verb, string ceilings, double price, string reason, double utilisation);

    [LoggerMessage(2, LogLevel.Information, "Controller is {State}", EventName = "ControllerState")]
    private partial void LogState(ControllerState state);

    [LoggerMessage(3, LogLevel.Error, "A tick of the budget loop failed", EventName = "TickFailed")]
    private partial void LogTickFailed(Exception exception);
}
