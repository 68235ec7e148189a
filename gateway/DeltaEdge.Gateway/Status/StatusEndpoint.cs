using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Sla;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Plans;
using DeltaEdge.Fabric.Workers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeltaEdge.Gateway.Status;

/// <summary><c>GET /v1/status</c>: no worker is asked, so it answers whatever their state.</summary>
internal sealed class StatusEndpoint(IWorkerRegistry registry, IPlanBoard board, ISharedState shared, SlaCatalog catalog)
{
    public JsonHttpResult<FleetStatus> Get()
    {
        var workers = registry.Known;
        var ladder = workers.IsEmpty ? TokenLadder.Default : workers[0].Profile.Ladder;
        return TypedResults.Json(new FleetStatus(board.Latest, workers, catalog.Classes, ladder.Budgets, new(shared.Reachable, shared.Age.TotalSeconds)), StatusJson.Default.FleetStatus);
    }
}
