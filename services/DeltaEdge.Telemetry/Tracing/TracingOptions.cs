using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Telemetry.Tracing;

/// <summary>Where traces go and what they say. Read once at start.</summary>
public sealed class TracingOptions
{
    public const string SectionName = "DeltaEdge:Telemetry:Otlp";

    /// <summary>
    /// Base address of an OpenTelemetry collector (OTLP over HTTP, protobuf), for example http://collector:4318. Default: what
    /// OTEL_EXPORTER_OTLP_ENDPOINT says; without either there are no traces. Credentials belong into OTEL_EXPORTER_OTLP_HEADERS.
    /// </summary>
    [RegularExpression("^(https?://[^@]+)?$", ErrorMessage = "DeltaEdge:Telemetry:Otlp:Endpoint is an http or https address without user and password; credentials belong into OTEL_EXPORTER_OTLP_HEADERS.")]
    public string Endpoint { get; set; } = "";

    /// <summary>Share of frames and requests that are traced, 0 to 1; a request that comes with a traceparent goes by that. Default 1.</summary>
    [Range(0.0, 1.0)]
    public double SamplingRatio { get; set; } = 1;

    /// <summary>Whether spans carry the questions' text. Default false: questions may say what a camera looks at.</summary>
    public bool Questions { get; set; }
}

[OptionsValidator]
public sealed partial class TracingOptionsValidator : IValidateOptions<TracingOptions>;
