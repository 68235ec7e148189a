using static DeltaEdge.Cli.Monitoring.Promql;
using static DeltaEdge.Telemetry.InstrumentNames;

namespace DeltaEdge.Cli.Monitoring;

/// <summary>What does an answer cost?</summary>
internal static class CostDashboard
{
    public static Dashboard Create() => new("cost", "DeltaEdge: cost", "What does an answer cost in visual tokens and engine time, and what is saved?", [],
    [
        new("Answers", "ops", "By the visual tokens they were given.",
            (Rate("budget", AnswersTotal), "{{budget}}")),
        new("Visual tokens per answer", "short", "Mean; the bill of a larger model is nearly proportional to it.",
            (Ratio(Rate("", VisualTokensTotal), Rate("", AnswersTotal)), "tokens")),
        new("Visual tokens per useful answer", "short", "Useful: on time and, as far as is known, right. What quality really costs.",
            (Ratio(Rate("", VisualTokensTotal), Rate("", ServingAccuracySumTotal)), "tokens")),
        new("Stage time per answer", "s", "Encode, project, prefill and decode. A stage that answers share counts for each of them.",
            ($"{Rate("stage", $"{FrameLatencySeconds}_sum", "stage=~\"encode|project|prefill|decode\"")} / on () group_left () ({Rate("", AnswersTotal)} > 0)", "{{stage}}")),
        new("Frames already encoded", "percentunit", "Share of asks that found their frame's encoding: several questions about one frame, or one image asked about again.",
            (Ratio(Rate("", EncoderCacheHitsTotal), Rate("", EncoderCacheQueriesTotal)), "hits")),
        new("Asks that a gate answered", "percentunit", "Share of questions about an unchanged scene that cost nothing.",
            (Ratio($"({OrZero(Rate("", FramesTotal, "outcome=\"gated\""))})", Rate("", FramesTotal)), "gated")),
        new("Engines built", "short", "After their engine was ready: none, ever; each costs seconds in which nothing is answered.",
            (Sum("instance", EngineBuildsTotal, "phase=\"serving\""), "{{instance}}")),
        new("Measurements that lost their labels", "ops", "An instrument has too many series (DeltaEdge:Telemetry:MaxSeriesPerInstrument); 0 where none ever had.",
            (OrZero(Rate("instrument", MetricsOverflowTotal)), "{{instrument}}")),
    ]);
}
