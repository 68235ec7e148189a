using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.StreamApi;

/// <summary>Which streams a worker takes on. Read once at start.</summary>
public sealed class StreamAdmissionOptions
{
    public const string SectionName = "DeltaEdge:Streams";

    /// <summary>refuse, warn or off, for streams that would overload the engine even with every stream at its floor. Default refuse.</summary>
    public AdmissionMode Admission { get; set; } = AdmissionMode.Refuse;

    /// <summary>Share of the engine's time that streams at their floors may not take. Default 0.05.</summary>
    [Range(0.0, 0.95)]
    public double AdmissionHeadroom { get; set; } = 0.05;
}

[OptionsValidator]
internal sealed partial class StreamAdmissionOptionsValidator : IValidateOptions<StreamAdmissionOptions>;
