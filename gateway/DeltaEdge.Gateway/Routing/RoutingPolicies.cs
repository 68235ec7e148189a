using System.Collections.Immutable;
using Yarp.ReverseProxy.LoadBalancing;

namespace DeltaEdge.Gateway.Routing;

/// <summary>Names of the ways to choose a worker for an ask.</summary>
internal static class RoutingPolicies
{
    /// <summary>The worker that is predicted to answer first. Use this one.</summary>
    public const string PredictedCompletion = nameof(PredictedCompletion);

    /// <summary>YARP's own count requests or nothing at all: they are here to be compared with.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        PredictedCompletion,
        LoadBalancingPolicies.LeastRequests,
        LoadBalancingPolicies.PowerOfTwoChoices,
        LoadBalancingPolicies.RoundRobin,
        LoadBalancingPolicies.Random,
        LoadBalancingPolicies.FirstAlphabetical,
    ];
}
