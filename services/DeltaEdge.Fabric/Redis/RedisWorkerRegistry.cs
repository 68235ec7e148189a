using System.Collections.Immutable;
using DeltaEdge.Core.Planning;
using DeltaEdge.Fabric.Json;
using DeltaEdge.Fabric.Workers;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.Fabric.Redis;

internal sealed class RedisWorkerRegistry(RedisLink link, RedisSnapshot snapshot, IOptions<FabricOptions> options) : IWorkerRegistry
{
    private readonly int _ttlMs = options.Value.ReportTtlMs;
    private volatile WorkerReport? _published;

    public ImmutableArray<WorkerReport> Live => snapshot.Workers.Live(snapshot.Clock.Now);

    public ImmutableArray<WorkerReport> Known => snapshot.Workers.Known(snapshot.Clock.Now);

    public double SecondsSinceReport(string workerId) => snapshot.Workers.SecondsSinceReport(workerId, snapshot.Clock.Now);

    public async ValueTask<bool> PublishAsync(WorkerReport report, CancellationToken cancellationToken)
    {
        var isNews = _published is not { } last || WorkerBook.Member(last) != WorkerBook.Member(report);
        var result = await link.TryRunAsync(RedisScript.PublishReport, [report.WorkerId, FabricJson.Write(report), _ttlMs, isNews ? 1 : 0], cancellationToken);
        _published = result is null ? null : report; // What failed may have got there all the same, or not.
        return result is not null;
    }

    public async ValueTask<bool> RemoveAsync(string workerId, CancellationToken cancellationToken)
    {
        var result = await link.TryRunAsync(RedisScript.RemoveWorker, [workerId, snapshot.CatalogVersion, snapshot.OwnersVersion], cancellationToken);
        return result is not null && (int)result == 1;
    }

    public IChangeToken MembershipChanged() => snapshot.Workers.Membership.Token();
}
