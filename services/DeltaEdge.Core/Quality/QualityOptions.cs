using System.ComponentModel.DataAnnotations;

namespace DeltaEdge.Core.Quality;

/// <summary>How quality is watched and kept: floors by question kind, and agreement probes. Read once at start.</summary>
public sealed class QualityOptions
{
    public const string SectionName = "DeltaEdge:Quality";

    /// <summary>
    /// Share of a question kind's best accuracy that a budget may lose before the kind's floor lies above it. 0 turns kinds' floors
    /// off. Default 0.10.
    /// </summary>
    [Range(0.0, 0.9)]
    public double MaxLoss { get; set; } = 0.10;

    /// <summary>Whether degraded answers are asked again at the model's best budget when the engine is idle. Default true.</summary>
    public bool Probes { get; set; } = true;

    /// <summary>A probe is asked only if its predicted time is at most this share of the tightest class deadline: what it can cost at worst. Default 0.25.</summary>
    [Range(0.01, 1.0)]
    public double ProbeShare { get; set; } = 0.25;

    /// <summary>Age at which an answer's frame is let go of unprobed, milliseconds from the answer. Default 5000.</summary>
    [Range(100, 60_000)]
    public int ProbeMaxAgeMs { get; set; } = 5000;
}
