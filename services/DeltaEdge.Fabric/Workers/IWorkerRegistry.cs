using System.Collections.Immutable;
using DeltaEdge.Core.Planning;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.Fabric.Workers;

/// <summary>Who serves. Reads come from a local snapshot and never wait; writes are bounded in time and never throw for a lost store.</summary>
public interface IWorkerRegistry
{
    /// <summary>Workers heard of within their time to live, by id. What the controller counts as capacity.</summary>
    ImmutableArray<WorkerReport> Live { get; }

    /// <summary>
    /// <see cref="Live"/>, and while shared state is out of reach also those last known before: a lost store is no reason to stop
    /// routing to workers that answer. What the gateway routes over.
    /// </summary>
    ImmutableArray<WorkerReport> Known { get; }

    /// <summary>Seconds since <paramref name="workerId"/>'s report reached this process; 0 if it is unknown.</summary>
    double SecondsSinceReport(string workerId);

    /// <summary>Publishes a heartbeat, which also renews the leases of the worker's streams. False if it reached nobody.</summary>
    ValueTask<bool> PublishAsync(WorkerReport report, CancellationToken cancellationToken);

    /// <summary>Takes a worker off the list before its time to live is up, and frees its streams.</summary>
    ValueTask<bool> RemoveAsync(string workerId, CancellationToken cancellationToken);

    /// <summary>
    /// Fires when a worker of <see cref="Known"/> joins, leaves, moves, or starts or stops draining; not on every heartbeat.
    /// Take the token first, then read.
    /// </summary>
    IChangeToken MembershipChanged();
}
