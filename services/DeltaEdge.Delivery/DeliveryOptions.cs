using System.ComponentModel.DataAnnotations;
using DeltaEdge.Telemetry.Tls;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Delivery;

/// <summary>How events and answers reach the outside. Read once at start.</summary>
public sealed class DeliveryOptions
{
    public const string SectionName = "DeltaEdge:Delivery";

    /// <summary>Folder of the outbox; workers that share it each hold a folder in it. Default: deltaedge/outbox in the user's data folder.</summary>
    public string Directory { get; set; } = "";

    /// <summary>Whether targets on this machine and on its own networks may be reached; link-local addresses never. Default false.</summary>
    public bool AllowPrivateTargets { get; set; }

    /// <summary>PEM file of authorities that may vouch for targets behind TLS, besides the system's own. Default none.</summary>
    public string TrustedAuthorities { get; set; } = "";

    /// <summary>Seconds between heartbeat events of a stream that has rules or targets. Default 60.</summary>
    [Range(0.1, 86_400)]
    public double HeartbeatSeconds { get; set; } = 60;

    /// <summary>Most targets of this worker; streams that deliver to the same place share one. Default 256.</summary>
    [Range(1, 10_000)]
    public int MaxTargets { get; set; } = 256;

    /// <summary>Most bytes that wait for one target. Default 256 MiB.</summary>
    [Range(1 << 20, 1L << 40)]
    public long MaxBytesPerTarget { get; set; } = 256L << 20;

    /// <summary>Most messages that wait for one target. Default 100000.</summary>
    [Range(1, 100_000_000)]
    public int MaxMessagesPerTarget { get; set; } = 100_000;

    /// <summary>Most bytes per target that wait in memory while the disk cannot be written. Default 8 MiB.</summary>
    [Range(1 << 16, 1L << 32)]
    public long MaxBytesInMemory { get; set; } = 8L << 20;

    /// <summary>Hours of waiting after which a message that could not be delivered is given up; what an earlier run has left waits from the start on. Default 24.</summary>
    [Range(0.001, 8760)]
    public double MaxAgeHours { get; set; } = 24;

    /// <summary>Seconds that one delivery may take. Default 10.</summary>
    [Range(0.05, 300)]
    public double TimeoutSeconds { get; set; } = 10;

    /// <summary>Longest wait before the first retry, seconds; doubles with each. Default 1.</summary>
    [Range(0.001, 60)]
    public double RetryMinSeconds { get; set; } = 1;

    /// <summary>Longest wait before any retry, seconds. Default 300.</summary>
    [Range(0.001, 86_400)]
    public double RetryMaxSeconds { get; set; } = 300;

    /// <summary>JPEG quality of evidence, 1 to 100. Default 85.</summary>
    [Range(1, 100)]
    public int EvidenceQuality { get; set; } = 85;
}

/// <summary>Attribute rules of <see cref="DeliveryOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class DeliveryOptionsValidator : IValidateOptions<DeliveryOptions>;

/// <summary>Rules across properties of <see cref="DeliveryOptions"/>.</summary>
internal sealed class DeliveryOptionsCrossValidator : IValidateOptions<DeliveryOptions>
{
    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.RetryMaxSeconds < options.RetryMinSeconds)
        {
            result.AddError($"{DeliveryOptions.SectionName}:RetryMaxSeconds is {options.RetryMaxSeconds}; allowed: at least RetryMinSeconds, {options.RetryMinSeconds}.");
        }

        if (TrustedAuthorities.Check($"{DeliveryOptions.SectionName}:{nameof(DeliveryOptions.TrustedAuthorities)}", options.TrustedAuthorities) is { } error)
        {
            result.AddError(error);
        }

        return result.Build();
    }
}
