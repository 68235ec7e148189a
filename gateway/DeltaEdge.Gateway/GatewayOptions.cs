using System.ComponentModel.DataAnnotations;
using DeltaEdge.Gateway.Access;
using DeltaEdge.Gateway.Routing;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Gateway;

/// <summary>How requests reach workers, and what is refused at the edge. Read once at start.</summary>
public sealed class GatewayOptions
{
    public const string SectionName = "DeltaEdge:Gateway";

    /// <summary>Longest request body in bytes, declared or chunked. Default 20 MiB.</summary>
    [Range(1024, 1L << 30)]
    public long MaxBodyBytes { get; set; } = 20L << 20;

    /// <summary>Whether API keys are needed: Required or Off. Default: required unless the gateway listens on loopback only.</summary>
    public KeyMode? Keys { get; set; }

    /// <summary>Whether <c>/metrics</c> needs no key where keys are required, for a Prometheus that has none. Default false.</summary>
    public bool OpenMetrics { get; set; }

    /// <summary>Requests a minute that an address may send without a valid key before it gets 429. Default 60.</summary>
    [Range(1, 100_000)]
    public int FailedAttemptsPerMinute { get; set; } = 60;

    /// <summary>Connections at once; 0 for no bound. Default 10000.</summary>
    [Range(0, 1_000_000)]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Longest request headers in bytes, all together. Default 16 KiB.</summary>
    [Range(1024, 1 << 20)]
    public int MaxHeaderBytes { get; set; } = 16 << 10;

    /// <summary>Seconds a client may take to send its headers. Default 10.</summary>
    [Range(1, 600)]
    public double HeaderTimeoutSeconds { get; set; } = 10;

    /// <summary>Bytes a second that a request body must come with, after five seconds to begin; slower ones get 408. Default 1024.</summary>
    [Range(1, 1 << 30)]
    public double MinBodyBytesPerSecond { get; set; } = 1024;

    /// <summary>Longest request body that is kept in memory so that another worker can be asked; 0 asks nobody twice. Default 8 MiB.</summary>
    [Range(0, 1 << 30)]
    public int RetryMaxBodyBytes { get; set; } = 8 << 20;

    /// <summary>Memory for kept bodies in bytes, all asks together; an ask that finds none left goes to one worker only. Default 128 MiB.</summary>
    [Range(0, 1L << 40)]
    public long RetryMaxKeptBytes { get; set; } = 128L << 20;

    /// <summary>Seconds that a body which is kept may take to arrive, however fast it comes; then 408. Default 30.</summary>
    [Range(0.1, 3600)]
    public double RetryBodyTimeoutSeconds { get; set; } = 30;

    /// <summary>Milliseconds after an ask's deadline in which its worker may still begin to answer; then 504. Default 1000.</summary>
    [Range(0, 600_000)]
    public int AnswerGraceMs { get; set; } = 1000;

    /// <summary>How a worker is chosen for an ask: PredictedCompletion, or one of YARP's own policies. Default PredictedCompletion.</summary>
    [Required]
    public string RoutingPolicy { get; set; } = RoutingPolicies.PredictedCompletion;

    /// <summary>Seconds in which neither side of a proxied request sends anything before it ends; event streams need it long. Default 300.</summary>
    [Range(0.1, 86_400)]
    public double ActivityTimeoutSeconds { get; set; } = 300;

    /// <summary>Milliseconds to connect to a worker. Default 1000.</summary>
    [Range(10, 60_000)]
    public int ConnectTimeoutMs { get; set; } = 1000;

    /// <summary>Milliseconds that one worker may take to list its streams before the list goes out without it. Default 2000.</summary>
    [Range(10, 60_000)]
    public int ListTimeoutMs { get; set; } = 2000;

    /// <summary>Most readers that follow answers or events through this gateway at the same time. Default 1000.</summary>
    [Range(1, 1_000_000)]
    public int MaxReaders { get; set; } = 1000;

    /// <summary>Seconds that a reader may take to accept what it is sent before it is disconnected. Default 10.</summary>
    [Range(0.1, 3600)]
    public double ReaderTimeoutSeconds { get; set; } = 10;

    /// <summary>What <c>Retry-After</c> says when there is no worker, seconds. Default 1.</summary>
    [Range(1, 3600)]
    public int RetryAfterSeconds { get; set; } = 1;

    /// <summary>Active health: milliseconds between probes of <c>/healthz/ready</c>. Default 2000.</summary>
    [Range(50, 600_000)]
    public int ProbeIntervalMs { get; set; } = 2000;

    /// <summary>Active health: milliseconds a probe may take; generous, because a worker at full load answers late and lives. Default 2000.</summary>
    [Range(10, 600_000)]
    public int ProbeTimeoutMs { get; set; } = 2000;

    /// <summary>Active health: failed probes in a row that make a worker unhealthy. Default 3.</summary>
    [Range(1, 100)]
    public int ProbeFailures { get; set; } = 3;

    /// <summary>Passive health: share of a worker's recent requests that may fail in transport before it is left alone. Default 0.3.</summary>
    [Range(0.01, 1)]
    public double FailureRateLimit { get; set; } = 0.3;

    /// <summary>Passive health: seconds that count as recent. Default 10.</summary>
    [Range(1, 3600)]
    public double FailureWindowSeconds { get; set; } = 10;

    /// <summary>Passive health: recent requests needed before a rate means anything. Default 5.</summary>
    [Range(1, 10_000)]
    public int FailureMinRequests { get; set; } = 5;

    /// <summary>Passive health: seconds an unhealthy worker is left alone before it is tried again. Default 5.</summary>
    [Range(0.1, 3600)]
    public double ReactivationSeconds { get; set; } = 5;

    /// <summary>Folder of the built page; a relative one is beside the program. Default wwwroot.</summary>
    [Required]
    public string PageFolder { get; set; } = "wwwroot";
}

[OptionsValidator]
internal sealed partial class GatewayOptionsValidator : IValidateOptions<GatewayOptions>;

/// <summary>Rules across properties, and names that must exist.</summary>
internal sealed class GatewayOptionsCrossValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (!RoutingPolicies.All.Contains(options.RoutingPolicy))
        {
            result.AddError($"is '{options.RoutingPolicy}'; allowed are {string.Join(", ", RoutingPolicies.All)}.", $"{GatewayOptions.SectionName}:{nameof(options.RoutingPolicy)}");
        }

        if (options.ProbeTimeoutMs > options.ProbeIntervalMs)
        {
            result.AddError(
                $"is {options.ProbeTimeoutMs}; it must not exceed ProbeIntervalMs, which is {options.ProbeIntervalMs}.",
                $"{GatewayOptions.SectionName}:{nameof(options.ProbeTimeoutMs)}");
        }

        return result.Build();
    }
}
