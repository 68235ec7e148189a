using DeltaEdge.Core.Planning;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>Workers, what they last said of themselves, and the gateway before them. They report at whole heartbeats, all in step.</summary>
internal sealed class SimulatedFleet
{
    public static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(200);

    private readonly Workload _workload;
    private readonly SimulationSettings _settings;
    private readonly ClientRouter _router;
    private readonly SimulatedWorker[] _workers;
    private readonly WorkerReport?[] _latest;
    private readonly TimeSpan[] _reportedAt;
    private readonly List<WorkerReport> _live = [];

    /// <param name="workload">What is asked of it.</param>
    /// <param name="settings">How many workers, and which.</param>
    /// <param name="ledger">Where ends are written.</param>
    /// <param name="planned">Whether a planner reads the reports.</param>
    public SimulatedFleet(Workload workload, SimulationSettings settings, RunLedger ledger, bool planned)
    {
        (_workload, _settings) = (workload, settings);
        var streams = new StreamTable(workload, settings);
        var routes = Placement.Route(workload, ledger, settings);
        foreach (var arrival in routes.Nowhere)
        {
            ledger.FailFrame(arrival);
        }

        _router = new ClientRouter(routes.Clients, workload.Faults, ledger);
        _workers = new SimulatedWorker[settings.Workers];
        (_latest, _reportedAt) = (new WorkerReport?[settings.Workers], new TimeSpan[settings.Workers]);
        for (var i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new SimulatedWorker(i, routes.Of(i), workload.Faults, streams, ledger, settings, planned, _router);
            _router.Add(_workers[i]);
        }

        Collect(TimeSpan.Zero);
        _router.Learn([.. Live(TimeSpan.Zero)]);
    }

    /// <summary>Whether its reports decide where asks go.</summary>
    public bool HasClients => _router.HasClients;

    /// <summary>Whether plans and reports get through at that time.</summary>
    public bool HasSharedState(TimeSpan at) => !_workload.Outages.Any(o => o.Holds(at.TotalSeconds));

    public void RunUntil(TimeSpan until) => _router.RunUntil(until);

    /// <summary>Runs up to a heartbeat and takes everybody's report.</summary>
    public void Report(TimeSpan heartbeat)
    {
        RunUntil(heartbeat);
        Collect(heartbeat);
        if (HasClients && HasSharedState(heartbeat))
        {
            _router.Learn([.. Live(heartbeat)]);
        }
    }

    /// <summary>Latest reports of those whose loss is not known; good until the next call.</summary>
    public IReadOnlyList<WorkerReport> Live(TimeSpan now)
    {
        _live.Clear();
        var oldest = now - TimeSpan.FromSeconds(_settings.DetectionSeconds) - Heartbeat;
        for (var i = 0; i < _workers.Length; i++)
        {
            if (_latest[i] is { } report && _reportedAt[i] >= oldest)
            {
                _live.Add(report);
            }
        }

        return _live;
    }

    /// <summary>Sends everybody a plan, to be seen at that time.</summary>
    public void Send(BudgetPlan plan, TimeSpan at)
    {
        foreach (var worker in _workers)
        {
            worker.Send(plan, at);
        }
    }

    private void Collect(TimeSpan heartbeat)
    {
        for (var i = 0; i < _workers.Length; i++)
        {
            if (_workers[i].Report(heartbeat) is { } report)
            {
                (_latest[i], _reportedAt[i]) = (report, heartbeat);
            }
        }
    }
}
