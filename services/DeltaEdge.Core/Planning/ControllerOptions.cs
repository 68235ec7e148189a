using System.ComponentModel.DataAnnotations;

namespace DeltaEdge.Core.Planning;

/// <summary>Knobs of the slow loop.</summary>
public sealed class ControllerOptions
{
    public const string SectionName = "DeltaEdge:Controller";

    /// <summary>Milliseconds between plans. Default 250.</summary>
    [Range(50, 10_000)]
    public int PeriodMs { get; set; } = 250;

    /// <summary>Time to live of a plan, milliseconds. Default 3000.</summary>
    [Range(100, 60_000)]
    public int PlanTtlMs { get; set; } = 3000;

    /// <summary>Offered load over capacity above which the budget steps down. Default 0.85.</summary>
    [Range(0.1, 1.0)]
    public double HighUtilisation { get; set; } = 0.85;

    /// <summary>A richer budget must keep predicted load under this before the budget steps up. Default 0.65.</summary>
    [Range(0.05, 1.0)]
    public double LowUtilisation { get; set; } = 0.65;

    /// <summary>Share of the deadline that p95 may use before the budget steps down. Default 0.9.</summary>
    [Range(0.1, 1.0)]
    public double LatencyPressure { get; set; } = 0.9;

    /// <summary>How long a richer budget must have looked safe before the budget steps up, milliseconds. Default 2000.</summary>
    [Range(0, 600_000)]
    public int UpHoldMs { get; set; } = 2000;

    /// <summary>Longest such wait: it doubles each time that latency undoes a step up, milliseconds. Default 60000.</summary>
    [Range(0, 3_600_000)]
    public int MaxUpHoldMs { get; set; } = 60_000;

    /// <summary>How long after a step down a further one for latency may follow, milliseconds. Default 1000.</summary>
    [Range(0, 60_000)]
    public int DownHoldMs { get; set; } = 1000;

    /// <summary>Decide and log, publish nothing. Default false.</summary>
    public bool Shadow { get; set; }
}
