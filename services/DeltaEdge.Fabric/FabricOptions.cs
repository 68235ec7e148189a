using System.ComponentModel.DataAnnotations;
using DeltaEdge.Telemetry.Startup;
using DeltaEdge.Telemetry.Tls;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Fabric;

/// <summary>Where shared state lives. Read once at start; the same for every process of a fleet.</summary>
public sealed class FabricOptions
{
    public const string SectionName = "DeltaEdge:Fabric";

    /// <summary>InProcess or Redis. Default InProcess.</summary>
    public FabricMode Mode { get; set; } = FabricMode.InProcess;

    /// <summary>Redis: host:port and options, as StackExchange.Redis reads them. Default localhost:6379.</summary>
    [Redacted]
    [Required]
    public string ConnectionString { get; set; } = "localhost:6379";

    /// <summary>Redis: PEM file of authorities that may vouch for a server behind TLS, besides the system's own. Default none.</summary>
    public string TrustedAuthorities { get; set; } = "";

    /// <summary>Redis: what every key starts with. Fleets that share a server need different ones. Default deltaedge.</summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9_.-]{1,64}$", ErrorMessage = "DeltaEdge:Fabric:KeyPrefix is 1 to 64 letters, digits, '_', '.' or '-'.")]
    public string KeyPrefix { get; set; } = "deltaedge";

    /// <summary>What workers know their gateways by; required of a worker that listens beyond loopback. Default none.</summary>
    [Redacted]
    [RegularExpression("^([!-~]{16,256})?$", ErrorMessage = "DeltaEdge:Fabric:GatewaySecret is 16 to 256 printable ASCII characters without spaces.")]
    public string GatewaySecret { get; set; } = "";

    /// <summary>InProcess: file that holds the API keys; with Redis they are there. Default none, so that keys end with the process.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>A worker not heard of for this long is lost, milliseconds. Default 2000.</summary>
    [Range(100, 60_000)]
    public int ReportTtlMs { get; set; } = 2000;

    /// <summary>A leader not heard of for this long is lost, milliseconds. Default 3000.</summary>
    [Range(100, 60_000)]
    public int LeaderTtlMs { get; set; } = 3000;

    /// <summary>Redis: longest time between two refreshes when no notification comes, milliseconds. Default 100.</summary>
    [Range(20, 10_000)]
    public int PollMs { get; set; } = 100;

    /// <summary>Redis: a call that takes longer has failed, milliseconds; with PollMs less than ReportTtlMs. Default 500.</summary>
    [Range(20, 10_000)]
    public int TimeoutMs { get; set; } = 500;

    /// <summary>Answers and events that a stream's log keeps for readers that come back. Default 1000.</summary>
    [Range(1, 1_000_000)]
    public int AnswersKept { get; set; } = 1000;

    /// <summary>Bytes that a stream's log keeps, nearly all of them evidence frames; the store needs room for this many a stream. Default 4 MiB.</summary>
    [Range(1024, 1 << 30)]
    public int AnswersMaxBytes { get; set; } = 4 << 20;

    /// <summary>An answer or event is forgotten after this long, seconds. Default 3600.</summary>
    [Range(1, 604_800)]
    public double AnswersMaxAgeSeconds { get; set; } = 3600;
}

[OptionsValidator]
internal sealed partial class FabricOptionsValidator : IValidateOptions<FabricOptions>;

/// <summary>Rules across properties.</summary>
internal sealed class FabricOptionsCrossValidator : IValidateOptions<FabricOptions>
{
    public ValidateOptionsResult Validate(string? name, FabricOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.PollMs * 4 > options.ReportTtlMs)
        {
            result.AddError($"{FabricOptions.SectionName}:PollMs is {options.PollMs}; allowed is at most a quarter of ReportTtlMs ({options.ReportTtlMs}), or live workers would look lost.");
        }

        if (options.TimeoutMs + options.PollMs >= options.ReportTtlMs)
        {
            result.AddError(
                $"{FabricOptions.SectionName}:TimeoutMs is {options.TimeoutMs}; allowed is, with PollMs ({options.PollMs}), less than ReportTtlMs ({options.ReportTtlMs}), or a slow store would make live workers look lost.");
        }

        if (TrustedAuthorities.Check($"{FabricOptions.SectionName}:{nameof(FabricOptions.TrustedAuthorities)}", options.TrustedAuthorities) is { } error)
        {
            result.AddError(error);
        }

        return result.Build();
    }
}
