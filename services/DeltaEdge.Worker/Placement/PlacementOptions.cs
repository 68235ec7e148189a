using System.ComponentModel.DataAnnotations;
using DeltaEdge.Core.Placement;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.Placement;

/// <summary>How a worker takes streams and gives them away. Read once at start.</summary>
public sealed class PlacementOptions
{
    public const string SectionName = "DeltaEdge:Placement";

    /// <summary>Longest time between two looks when nothing is heard, milliseconds. Default 500.</summary>
    [Range(20, 60_000)]
    public int LookMs { get; set; } = 500;

    /// <summary>
    /// A worker that has not reported for this long, and whose address refuses connections, is gone, milliseconds; one that only stands
    /// still has until DeltaEdge:Fabric:ReportTtlMs. Default 600, three reports.
    /// </summary>
    [Range(200, 60_000)]
    public int SilentMs { get; set; } = 600;

    /// <summary>Share of its fair share of streams that a worker may have beyond it, 0 or more. Default 0.25.</summary>
    [Range(0.0, 10)]
    public double Margin { get; set; } = 0.25;

    /// <summary>A stream that its first choice does not claim for this long goes to the next, milliseconds. Default 2000.</summary>
    [Range(100, 600_000)]
    public int NextChoiceAfterMs { get; set; } = 2000;

    /// <summary>Streams move between live workers only when none has come or gone for this long, seconds. Default 10.</summary>
    [Range(0.0, 3600)]
    public double StableSeconds { get; set; } = 10;

    /// <summary>Shortest time between two streams that a worker gives away to even out the load, milliseconds. Default 1000.</summary>
    [Range(0, 600_000)]
    public int MoveEveryMs { get; set; } = 1000;

    /// <summary>Longest that a worker which is told to stop takes to give its streams away, seconds. Keep it well below what the orchestrator allows for stopping. Default 15.</summary>
    [Range(0.0, 3600)]
    public double DrainSeconds { get; set; } = 15;

    /// <summary>Streams that a worker which stops gives away at the same time. Default 4.</summary>
    [Range(1, 1000)]
    public int DrainAtOnce { get; set; } = 4;

    public PlacementRules Rules => new()
    {
        Margin = Margin,
        NextChoiceAfter = TimeSpan.FromMilliseconds(NextChoiceAfterMs),
        StableFor = TimeSpan.FromSeconds(StableSeconds),
    };
}

[OptionsValidator]
internal sealed partial class PlacementOptionsValidator : IValidateOptions<PlacementOptions>;
