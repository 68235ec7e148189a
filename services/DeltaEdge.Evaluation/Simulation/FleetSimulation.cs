using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Simulation.Fleet;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Simulation;

/// <summary>
/// A fleet on a simulated clock. Scheduler, serving policy, profile correction and budget planner are the ones that serve; only the
/// engine's work is replaced by the time it takes. Workers meet each other through the plan alone, so each runs by itself from one
/// plan to the next. The same workload and settings give the same run.
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
        var streams = new StreamTable(workload, settings);
        var ledger = new RunLedger(workload);
        var routes = Placement.Route(workload, ledger, settings);
        foreach (var arrival in routes.Nowhere)
        {
            ledger.FailFrame(arrival);
        }

        var workers = new SimulatedWorker[settings.Workers];
        for (var i = 0; i < workers.Length; i++)
        {
            workers[i] = new SimulatedWorker(i, routes.Of(i), workload.Faults, streams, ledger, settings, follows);
        }

        if (follows)
        {
            new SlowLoop(workers, settings, ledger).Run(cancellationToken);
        }

        foreach (var worker in workers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            worker.RunUntil(TimeSpan.MaxValue);
        }

        return new PolicyRun { Policy = settings.Name ?? probe.Name, Workload = workload, Asks = ledger.Close() };
    }
}
