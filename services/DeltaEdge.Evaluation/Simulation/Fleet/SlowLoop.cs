using DeltaEdge.Core.Planning;

namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>
/// The controller over a simulated fleet: the planner reads the newest reports every period, and its plan is taken up at the heartbeat
/// after it. A lost worker's last report is read until its loss is known.
/// </summary>
internal sealed class SlowLoop(SimulatedFleet fleet, SimulationSettings settings, RunLedger ledger)
{
    /// <summary>Runs the fleet until every ask has ended.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        var planner = new BudgetPlanner(settings.Ladder, settings.Catalog, settings.ControllerOptions);
        var period = TimeSpan.FromMilliseconds(settings.ControllerOptions.PeriodMs);
        var (state, reported) = (default(PlannerState), TimeSpan.Zero);
        for (var now = period; ledger.Ended < ledger.Asks; now += period)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var last = Whole(now); reported < last;)
            {
                reported = fleet.HasClients ? reported + SimulatedFleet.Heartbeat : last; // Between plans nobody else reads them.
                fleet.Report(reported);
            }

            if (fleet.HasSharedState(now))
            {
                (var plan, state) = planner.Next(state, fleet.Live(now), now);
                fleet.Send(plan, reported + SimulatedFleet.Heartbeat);
            }
        }
    }

    private static TimeSpan Whole(TimeSpan now) => new(now.Ticks / SimulatedFleet.Heartbeat.Ticks * SimulatedFleet.Heartbeat.Ticks);
}
