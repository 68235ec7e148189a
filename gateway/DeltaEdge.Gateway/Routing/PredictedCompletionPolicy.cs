using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Routing;
using DeltaEdge.Fabric.Workers;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace DeltaEdge.Gateway.Routing;

/// <summary>Sends an ask where it is predicted to be answered first: backlog and speed decide, not the number of requests.</summary>
internal sealed class PredictedCompletionPolicy(IWorkerRegistry registry, AskLedger ledger) : ILoadBalancingPolicy
{
    public string Name => RoutingPolicies.PredictedCompletion;

    public DestinationState? PickDestination(HttpContext context, ClusterState cluster, IReadOnlyList<DestinationState> availableDestinations)
    {
        if (availableDestinations.Count == 1)
        {
            return availableDestinations[0]; // no choice, so nothing to count: a stream's owner, or a fleet of one
        }

        var candidates = Candidates(availableDestinations);
        if (candidates.Count == 0)
        {
            return null;
        }

        string chosen;
        if (context.GetReverseProxyFeature().Route.Config.RouteId == RouteNames.Models)
        {
            chosen = ledger.Peek(candidates);
        }
        else
        {
            var ticket = ledger.Send(candidates);
            context.Features.Set(ticket);
            chosen = ticket.WorkerId;
        }

        foreach (var destination in availableDestinations)
        {
            if (string.Equals(destination.DestinationId, chosen, StringComparison.OrdinalIgnoreCase))
            {
                return destination;
            }
        }

        return null;
    }

    private List<WorkerReport> Candidates(IReadOnlyList<DestinationState> available)
    {
        var candidates = new List<WorkerReport>(available.Count);
        foreach (var report in registry.Known)
        {
            foreach (var destination in available)
            {
                if (string.Equals(destination.DestinationId, report.WorkerId, StringComparison.OrdinalIgnoreCase))
                {
                    candidates.Add(report);
                    break;
                }
            }
        }

        return candidates;
    }
}
