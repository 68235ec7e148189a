using System.Collections.Immutable;
using DeltaEdge.Core.Planning;
using DeltaEdge.Fabric.Workers;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.UnitTests.Gateway;

/// <summary>A registry that holds what a test puts into it.</summary>
internal sealed class FakeRegistry(params WorkerReport[] workers) : IWorkerRegistry
{
    public ImmutableArray<WorkerReport> Live => Known;

    public ImmutableArray<WorkerReport> Known { get; set; } = [.. workers];

    public double SecondsSinceReport(string workerId) => 0;

    public ValueTask<bool> PublishAsync(WorkerReport report, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public ValueTask<bool> RemoveAsync(string workerId, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public IChangeToken MembershipChanged() => new CancellationChangeToken(CancellationToken.None);
}
