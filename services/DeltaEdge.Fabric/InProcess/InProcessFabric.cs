using System.Collections.Immutable;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.Leadership;
using DeltaEdge.Fabric.Plans;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Fabric.Workers;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.Fabric.InProcess;

/// <summary>
/// Shared state inside one process: make one, give it to every host. The same promises as over Redis, without a store to lose.
/// </summary>
public sealed class InProcessFabric : IWorkerRegistry, IPlanBoard, IStreamDirectory, ILeaderLease, ISharedState
{
    private readonly MonotonicClock _clock;
    private readonly WorkerBook _workers;
    private readonly PlanBook _plans = new();
    private readonly KnownMap<StreamOwner> _owners = new();
    private readonly Lock _lock = new();
    private readonly TimeSpan _reportTtl;
    private readonly TimeSpan _leaderTtl;
    private long _planVersion;
    private long _fence;
    private (string? Holder, TimeSpan Until, long Term) _leader;
    private long _term;

    public InProcessFabric(MonotonicClock clock, FabricOptions? options = null)
    {
        options ??= new FabricOptions();
        _clock = clock;
        _reportTtl = TimeSpan.FromMilliseconds(options.ReportTtlMs);
        _leaderTtl = TimeSpan.FromMilliseconds(options.LeaderTtlMs);
        _workers = new WorkerBook(_reportTtl);
        var log = new InProcessAnswerLog(clock, Find, new(options.AnswersKept, options.AnswersMaxBytes, TimeSpan.FromSeconds(options.AnswersMaxAgeSeconds)));
        (AnswerLog, Catalog) = (log, new InProcessStreamCatalog(_owners.Drop, log.Remove));
    }

    /// <summary>Which streams there shall be.</summary>
    public IStreamCatalog Catalog { get; }

    /// <summary>The streams' answers and events.</summary>
    public IAnswerLog AnswerLog { get; }

    public ImmutableArray<WorkerReport> Live => _workers.Live(_clock.Now);

    public ImmutableArray<WorkerReport> Known => _workers.Known(_clock.Now);

    public BudgetPlan? Latest => _plans.Latest(_clock.Now);

    public ImmutableArray<StreamOwner> List => [.. _owners.View.Values.Where(o => _workers.IsLive(o.WorkerId, _clock.Now))];

    public bool Reachable => true;

    public bool IsSettled => true;

    public TimeSpan Age => TimeSpan.Zero;

    public double SecondsSinceReport(string workerId) => _workers.SecondsSinceReport(workerId, _clock.Now);

    public ValueTask<bool> PublishAsync(WorkerReport report, CancellationToken cancellationToken)
    {
        _workers.Hear(report, _reportTtl, _clock.Now);
        return ValueTask.FromResult(true);
    }

    public ValueTask<bool> RemoveAsync(string workerId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _owners.Drop(_owners.View.Values.Where(o => o.WorkerId == workerId).Select(o => o.StreamId));
        }

        _workers.Remove(workerId, _clock.Now);
        return ValueTask.FromResult(true);
    }

    public IChangeToken MembershipChanged() => _workers.Membership.Token();

    public ValueTask<PlanReceipt> PublishAsync(BudgetPlan plan, long term, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (term != _leader.Term || _leader.Until <= _clock.Now)
            {
                return ValueTask.FromResult(new PlanReceipt(PlanOutcome.NotLeader, _planVersion));
            }

            if (plan.Version <= _planVersion)
            {
                return ValueTask.FromResult(new PlanReceipt(PlanOutcome.Older, _planVersion));
            }

            _planVersion = plan.Version;
            _plans.Take(plan, TimeSpan.FromMilliseconds(plan.TtlMs), _clock.Now);
            return ValueTask.FromResult(new PlanReceipt(PlanOutcome.Published, _planVersion));
        }
    }

    public IChangeToken PlanChanged() => _plans.Changed.Token();

    public StreamOwner? Find(string streamId) => _owners.Find(streamId) is { } owner && _workers.IsLive(owner.WorkerId, _clock.Now) ? owner : null;

    public ValueTask<StreamOwner?> FindAsync(string streamId, CancellationToken cancellationToken) => ValueTask.FromResult(Find(streamId));

    public ValueTask<StreamClaim> ClaimAsync(string streamId, string workerId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_workers.IsLive(workerId, _clock.Now))
            {
                return ValueTask.FromResult(new StreamClaim(ClaimOutcome.UnknownWorker, null));
            }

            if (Find(streamId) is { } owner)
            {
                return ValueTask.FromResult(new StreamClaim(owner.WorkerId == workerId ? ClaimOutcome.Granted : ClaimOutcome.Taken, owner));
            }

            var mine = new StreamOwner(streamId, workerId, ++_fence);
            _owners.Put(streamId, mine);
            return ValueTask.FromResult(new StreamClaim(ClaimOutcome.Granted, mine));
        }
    }

    public ValueTask<bool> ReleaseAsync(string streamId, string workerId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_owners.Find(streamId)?.WorkerId != workerId)
            {
                return ValueTask.FromResult(false);
            }

            _owners.Drop(streamId);
            return ValueTask.FromResult(true);
        }
    }

    public IChangeToken OwnersChanged() => _owners.Changed.Token();

    public ValueTask<long?> TryHoldAsync(string candidate, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var now = _clock.Now;
            var isHeld = _leader.Holder is not null && _leader.Until > now;
            if (isHeld && _leader.Holder != candidate)
            {
                return ValueTask.FromResult<long?>(null);
            }

            _leader = (candidate, now + _leaderTtl, isHeld ? _leader.Term : ++_term);
            return ValueTask.FromResult<long?>(_leader.Term);
        }
    }

    public ValueTask ReleaseAsync(string candidate, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _leader = _leader.Holder == candidate ? default : _leader;
        }

        return ValueTask.CompletedTask;
    }
}
