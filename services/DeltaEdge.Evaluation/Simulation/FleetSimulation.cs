using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Simulation.Fleet;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Simulation;

/// <summary>
/// A fleet on a simulated clock. Scheduler, serving policy, profile correction and budget planner are the ones that serve; only the
/// engine's work is replaced by the time it takes. Workers meet each other through the plan and through what clients ask of whom, so each runs
/// by itself from one of those to the next. The same workload and settings give the same run.
/// </summary>
public static class FleetSimulation
{
    /// <summary>Runs until the last ask has ended.</summary>
    /// <exception cref="ArgumentException">A setting is out of range, or the workload asks for budgets off the ladder.</exception>
    public static PolicyRun Run(Workload workload, SimulationSettings settings, CancellationToken cancellationToken = default)
    {
        settings.Check();
        var probe = settings.Policy();
        var follows = settings.Controller && probe.FollowsPlan;
        var ledger = new RunLedger(workload);
        var fleet = new SimulatedFleet(workload, settings, ledger, follows);
        if (follows)
        {
            new SlowLoop(fleet, settings, ledger).Run(cancellationToken);
        }

        for (var heartbeat = SimulatedFleet.Heartbeat; fleet.HasClients && ledger.Ended < ledger.Asks; heartbeat += SimulatedFleet.Heartbeat)
        {
            cancellationToken.ThrowIfCancellationRequested();
            fleet.Report(heartbeat);
        }

        cancellationToken.ThrowIfCancellationRequested();
        fleet.RunUntil(TimeSpan.MaxValue);
        return new PolicyRun { Policy = settings.Name ?? probe.Name, Workload = workload, Asks = ledger.Close() };
    }
}
