using DeltaEdge.Core.Planning;

namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>
/// The controller over simulated workers. They report at whole heartbeats, all in step; the planner reads the newest reports every
/// period, and its plan is taken up at the heartbeat after it. A lost worker's last report is read until its loss is known.
/// </summary>
internal sealed class SlowLoop(SimulatedWorker[] workers, SimulationSettings settings, RunLedger ledger)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(200);

    private readonly WorkerReport?[] _latest = new WorkerReport?[workers.Length];
    private readonly TimeSpan[] _reportedAt = new TimeSpan[workers.Length];
    private readonly List<WorkerReport> _live = [];

    /// <summary>Runs the fleet until every ask has ended.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        var planner = new BudgetPlanner(settings.Ladder, settings.Catalog, settings.ControllerOptions);
        var period = TimeSpan.FromMilliseconds(settings.ControllerOptions.PeriodMs);
        var (state, reported) = (default(PlannerState), TimeSpan.MinValue);
        for (var now = period; ledger.Ended < ledger.Asks; now += period)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var heartbeat = new TimeSpan(now.Ticks / Heartbeat.Ticks * Heartbeat.Ticks);
            if (heartbeat > reported)
            {
                reported = heartbeat;
                Report(heartbeat);
            }

            if (settings.Outages.Any(o => o.Holds(now.TotalSeconds)))
            {
                continue;
            }

            (var plan, state) = planner.Next(state, Live(now), now);
            foreach (var worker in workers)
            {
                worker.Send(plan, heartbeat + Heartbeat);
            }
        }
    }

    private void Report(TimeSpan heartbeat)
    {
        for (var i = 0; i < workers.Length; i++)
        {
            workers[i].RunUntil(heartbeat);
            if (workers[i].Report(heartbeat) is { } report)
            {
                (_latest[i], _reportedAt[i]) = (report, heartbeat);
            }
        }
    }

    private List<WorkerReport> Live(TimeSpan now)
    {
        _live.Clear();
        var oldest = now - TimeSpan.FromSeconds(settings.DetectionSeconds) - Heartbeat;
        for (var i = 0; i < workers.Length; i++)
        {
            if (_latest[i] is { } report && _reportedAt[i] >= oldest)
            {
                _live.Add(report);
            }
        }

        return _live;
    }
}
