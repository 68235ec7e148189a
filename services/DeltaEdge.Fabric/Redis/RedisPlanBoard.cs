using DeltaEdge.Core.Planning;
using DeltaEdge.Fabric.Json;
using DeltaEdge.Fabric.Plans;
using Microsoft.Extensions.Primitives;
using StackExchange.Redis;

namespace DeltaEdge.Fabric.Redis;

internal sealed class RedisPlanBoard(RedisLink link, RedisSnapshot snapshot) : IPlanBoard
{
    public BudgetPlan? Latest => snapshot.Plans.Latest(snapshot.Clock.Now);

    public async ValueTask<PlanReceipt> PublishAsync(BudgetPlan plan, long term, CancellationToken cancellationToken)
    {
        var result = await link.TryRunAsync(RedisScript.PublishPlan, [plan.Version, FabricJson.Write(plan), plan.TtlMs, term], cancellationToken);
        if (result is null)
        {
            return new(PlanOutcome.Unavailable, 0);
        }

        var parts = (RedisResult[])result!;
        return new((PlanOutcome)(int)parts[0], (long)parts[1]);
    }

    public IChangeToken PlanChanged() => snapshot.Plans.Changed.Token();
}
