using System.ComponentModel.DataAnnotations;

namespace DeltaEdge.Core.Planning;

/// <summary>Knobs of the slow loop.</summary>
public sealed record ControllerOptions
{
    public const string SectionName = "DeltaEdge:Controller";

    /// <summary>Milliseconds between plans. Default 250.</summary>
    [Range(50, 10_000)]
    public int PeriodMs { get; set; } = 250;

    /// <summary>Time to live of a plan, milliseconds. Default 3000.</summary>
    [Range(100, 60_000)]
    public int PlanTtlMs { get; set; } = 3000;

    /// <summary>
    /// Predicted load over capacity above which budgets step down. Not below 1, because each worker's own loop takes off what its queue
    /// cannot bear. Default 1.05.
    /// </summary>
    [Range(0.1, 2.0)]
    public double HighUtilisation { get; set; } = 1.05;

    /// <summary>Predicted load over capacity that budgets step down to, and may step up to. Default 1.</summary>
    [Range(0.05, 2.0)]
    public double LowUtilisation { get; set; } = 1.0;

    /// <summary>Share of the deadline that 95 % of asks must be predicted to have left, or budgets step down. Default 0.05.</summary>
    [Range(0.0, 0.9)]
    public double LeastSlack { get; set; } = 0.05;

    /// <summary>Share of the deadline that 95 % of asks must be predicted to have left after a step up. Default 0.15.</summary>
    [Range(0.0, 0.9)]
    public double ClimbSlack { get; set; } = 0.15;

    /// <summary>Share of the deadline that the measured p95 may use before budgets step down. Default 0.95.</summary>
    [Range(0.1, 1.0)]
    public double LatencyPressure { get; set; } = 0.95;

    /// <summary>
    /// How long predicted load must have been too high before budgets step down, milliseconds: longer than a burst, which the workers'
    /// own loops bear. Default 2000.
    /// </summary>
    [Range(0, 60_000)]
    public int ConfirmHoldMs { get; set; } = 2000;

    /// <summary>How long richer budgets must have looked safe before budgets step up, milliseconds. Default 500.</summary>
    [Range(0, 600_000)]
    public int UpHoldMs { get; set; } = 500;

    /// <summary>Longest such wait: it doubles each time that a step up has to be undone, milliseconds. Default 60000.</summary>
    [Range(0, 3_600_000)]
    public int MaxUpHoldMs { get; set; } = 60_000;

    /// <summary>How long after a step down a further one for latency may follow, milliseconds. Default 1000.</summary>
    [Range(0, 60_000)]
    public int DownHoldMs { get; set; } = 1000;

    /// <summary>Decide and log, publish nothing. Default false.</summary>
    public bool Shadow { get; set; }
}
