using System.Globalization;
using DeltaEdge.Gateway.Routing;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace DeltaEdge.Gateway.Discovery;

/// <summary>How the proxy speaks to workers and when it leaves one alone.</summary>
internal static class WorkerCluster
{
    public const string ProbePath = "/healthz/ready";

    public static ClusterConfig Template(GatewayOptions options) => new()
    {
        ClusterId = ProxyRoutes.ClusterId,
        LoadBalancingPolicy = options.RoutingPolicy,
        HttpRequest = new ForwarderRequestConfig
        {
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            ActivityTimeout = TimeSpan.FromSeconds(options.ActivityTimeoutSeconds),
            AllowResponseBuffering = false,
        },
        HealthCheck = new HealthCheckConfig
        {
            // A worker that nobody has probed yet is tried: it reports, so it lives.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyAndUnknown,
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true,
                Path = ProbePath,
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                Interval = TimeSpan.FromMilliseconds(options.ProbeIntervalMs),
                Timeout = TimeSpan.FromMilliseconds(options.ProbeTimeoutMs),
            },
            Passive = new PassiveHealthCheckConfig
            {
                Enabled = true,
                Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate,
                ReactivationPeriod = TimeSpan.FromSeconds(options.ReactivationSeconds),
            },
        },
        Metadata = new Dictionary<string, string>
        {
            [ConsecutiveFailuresHealthPolicyOptions.ThresholdMetadataName] = options.ProbeFailures.ToString(CultureInfo.InvariantCulture),
            [TransportFailureRateHealthPolicyOptions.FailureRateLimitMetadataName] = options.FailureRateLimit.ToString(CultureInfo.InvariantCulture),
        },
    };
}
