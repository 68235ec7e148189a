using System.Collections.Immutable;

namespace DeltaEdge.Evaluation.Runs;

/// <summary>
/// One policy on one workload in numbers. Shares are 0 to 1. Gated asks are counted in <see cref="Gated"/> and left out of
/// everything else; a number that needs answers is NaN where there are none.
/// </summary>
public sealed record RunSummary
{
    public required string Policy { get; init; }

    public required string Workload { get; init; }

    public required int Seed { get; init; }

    /// <summary>Questions that arrived, gated ones included.</summary>
    public required int Asks { get; init; }

    /// <summary>Questions that an unchanged scene answered without the model.</summary>
    public required int Gated { get; init; }

    /// <summary>On time over arrived after the gate; rejected, expired and failed asks are misses.</summary>
    public required double Attainment { get; init; }

    /// <summary>Correct over on time (SuperServe's mean serving accuracy, graded instead of looked up).</summary>
    public required double MeanServingAccuracy { get; init; }

    /// <summary>Mean expected accuracy over answered asks (Proteus).</summary>
    public required double EffectiveAccuracy { get; init; }

    /// <summary>
    /// Best possible accuracy minus the least mean expected accuracy of the answered asks of any ten seconds, counted in tens from the
    /// run's begin (Proteus's maximum accuracy drop: ten samples of one second each, one group after the other).
    /// </summary>
    public required double MaxAccuracyDrop { get; init; }

    /// <summary>On time and correct over arrived after the gate: the number that neither dropping nor degrading can better.</summary>
    public required double UsefulAnswers { get; init; }

    /// <summary>The same with each ask counted by its class's weight: what DeltaEdge wants most of.</summary>
    public required double WeightedUseful { get; init; }

    /// <summary>Capture to answer over the answered, late ones included.</summary>
    public required LatencyPercentiles Latency { get; init; }

    /// <summary>Least attainment over any ten whole seconds; the run's attainment if it is shorter.</summary>
    public required double WorstTenSeconds { get; init; }

    /// <summary>
    /// Seconds from the step until 1 s windows of attainment are back at 0.99, or at the level before the step if that was lower, and
    /// stay there for 3 s. Null if the workload has no step; infinite if it does not recover while the step lasts.
    /// </summary>
    public required double? RecoverySeconds { get; init; }

    /// <summary>
    /// 95th percentile of capture to answer, over the answered of the step's first two seconds: how a sudden load is taken in, before any
    /// slow loop can have acted. Service is a part of it, so queueing is less. Null if the workload has no step. Seconds.
    /// </summary>
    public required double? OnsetP95Seconds { get; init; }

    /// <summary>Changes of budget between consecutive answers of a stream, per minute of the run, mean over the streams that asked.</summary>
    public required double SwitchesPerMinute { get; init; }

    /// <summary>Jain's index of the streams' shares of useful answers; 1 is even, also if nobody got any.</summary>
    public required double FairnessStreams { get; init; }

    /// <summary>Jain's index of the SLA classes' shares of useful answers.</summary>
    public required double FairnessClasses { get; init; }

    /// <summary>Answers below their stream's floor; must be 0.</summary>
    public required int FloorViolations { get; init; }

    /// <summary>Visual tokens, mean over the answered.</summary>
    public required double MeanBudget { get; init; }

    /// <summary>Asks by how they ended, every way in order, zeros included.</summary>
    public required ImmutableArray<EndCount> Ends { get; init; }

    /// <summary>
    /// Seconds since capture of the newest answered frame, mean over time and then over streams. A stream's time is from its first
    /// capture, when its age is 0, to its last deadline. Late answers are information too; a gated frame is known when it is captured.
    /// </summary>
    public required double AgeOfInformationSeconds { get; init; }

    /// <summary>One point per whole second of the run.</summary>
    public required ImmutableArray<SecondPoint> Seconds { get; init; }
}
