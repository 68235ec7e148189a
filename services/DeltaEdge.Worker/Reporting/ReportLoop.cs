using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Planning.Demand;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric.Plans;
using DeltaEdge.Fabric.Workers;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Streams.Registry;
using DeltaEdge.Telemetry.Health;
using DeltaEdge.Worker.Hosting;
using DeltaEdge.Worker.Placement;
using DeltaEdge.Worker.Serving;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Worker.Reporting;

/// <summary>The worker's heartbeat: publishes its report, and takes the newest plan to the engine.</summary>
internal sealed partial class ReportLoop(
    ModelInForce models, StreamRegistry streams, LoadMeter load, IWorkerRegistry registry, IPlanBoard plans,
    DrainState drain, WorkerIdentity identity, ReadinessGate gate, MonotonicClock clock, ILogger<ReportLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private readonly ReadinessCondition _registered = gate.Register("registered", "the first heartbeat has not been published");
    private readonly ReadinessCondition _engine = gate.Register("engine", "the model is loading");
    private readonly WeakReference<IVisionEngine?> _planned = new(null);
    private long _sequence;
    private long _planVersion;
    private (TimeSpan At, double BusySeconds) _last;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await identity.WaitForAddressAsync(stoppingToken);
        using var timer = new PeriodicTimer(Period, clock.Provider);
        do
        {
            try
            {
                // Looked up again after the wait: a local that lived across it would hold an engine that was retired meanwhile.
                if (await registry.PublishAsync(Report(models.Current.Engine), stoppingToken))
                {
                    _registered.SetReady();
                }

                FollowPlan(models.Current.Engine);
                SayWhetherHealthy(models.Current.Engine);
            }
#pragma warning disable CA1031 // A failed heartbeat must not end the heartbeats: the worker goes on serving with the plan it has.
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogHeartbeatFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await registry.RemoveAsync(identity.WorkerId, CancellationToken.None);
    }

    private WorkerReport Report(IVisionEngine engine)
    {
        var status = engine.Status;
        var now = clock.Now;
        var elapsed = (now - _last.At).TotalSeconds;
        var busy = elapsed <= 0 ? 0 : Math.Clamp((status.BusySeconds - _last.BusySeconds) / elapsed, 0, 1);
        _last = (now, status.BusySeconds);
        var (classes, demand) = load.Read();
        return new WorkerReport
        {
            WorkerId = identity.WorkerId,
            Address = identity.Address!,
            Model = engine.ModelName,
            Policy = status.Policy,
            Sequence = ++_sequence,
            Profile = engine.Profile,
            Classes = classes,
            Demand = demand,
            QueueDepth = status.QueueDepth,
            BacklogSeconds = status.BacklogSeconds,
            ActiveRows = status.ActiveRows,
            BusyRatio = busy,
            CurrentBudget = status.LastBudget,
            Streams = streams.All.Count,
            MaxStreams = streams.MaxStreams,
            Draining = drain.IsDraining,
        };
    }

    /// <summary>A plan that an engine sees for the first time starts its time to live now; without one the engine steers alone.</summary>
    private void FollowPlan(IVisionEngine engine)
    {
        var plan = plans.Latest;
        if (plan is not null && (plan.Version != _planVersion || !_planned.TryGetTarget(out var planned) || planned != engine))
        {
            _planVersion = plan.Version;
            _planned.SetTarget(engine);
            engine.Apply(plan);
        }
    }

    private void SayWhetherHealthy(IVisionEngine engine)
    {
        if (engine.Status.Unhealthy)
        {
            _engine.SetNotReady("the engine has failed several times in a row");
        }
        else
        {
            _engine.SetReady();
        }
    }

    [LoggerMessage(EventName = "HeartbeatFailed", Level = LogLevel.Warning, Message = "The worker's heartbeat failed; the next one follows")]
    private partial void LogHeartbeatFailed(Exception exception);
}
