using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Telemetry;

/// <summary>What <c>/metrics</c> shows. Read once at start.</summary>
public sealed class TelemetryOptions
{
    public const string SectionName = "DeltaEdge:Telemetry";

    /// <summary>Label sets one instrument may have; measurements past it are folded together and counted. Default 1000.</summary>
    [Range(10, 100_000)]
    public int MaxSeriesPerInstrument { get; set; } = 1000;

    /// <summary>Whether instruments that carry a stream's id are shown. Default true.</summary>
    public bool PerStream { get; set; } = true;
}

[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
