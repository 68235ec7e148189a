using static DeltaEdge.Cli.Monitoring.Promql;
using static DeltaEdge.Telemetry.InstrumentNames;

namespace DeltaEdge.Cli.Monitoring;

/// <summary>Do answers come on time?</summary>
internal static class SlaDashboard
{
    private const string Class = "sla_class=~\"$sla_class\"";

    public static Dashboard Create() => new("sla", "DeltaEdge: deadlines", "Do answers come on time, and if not, what became of the asks?", [DashboardVariable.SlaClass],
    [
        new("Answered on time", "percentunit", "Share of asks answered before their deadline. Answers of a gate are not in it: they keep no promise.",
            (Ratio(Rate("sla_class", FramesTotal, Class, "outcome=\"on_time\""), Rate("sla_class", FramesTotal, Class, "outcome!=\"gated\"")), "{{sla_class}}")),
        new("Asks by outcome", "ops", "One question about one frame is an ask. Late and expired point at the engine, rejected at the door, dropped at cameras faster than their answers.",
            (Rate("outcome", FramesTotal, Class), "{{outcome}}")),
        new("From capture to answer, p95", "s", "What the deadline is held against: 95 of 100 answers took less.",
            (Quantile(0.95, "sla_class", FrameLatencySeconds, Class, "stage=\"capture_to_answer\""), "{{sla_class}}")),
        new("From capture to answer, p99", "s", "The tail: 99 of 100 answers took less.",
            (Quantile(0.99, "sla_class", FrameLatencySeconds, Class, "stage=\"capture_to_answer\""), "{{sla_class}}")),
        new("Where the time goes, p95 by stage", "s", "Queue grows with load, encode and project with the machine, prefill with visual tokens, decode with the answers' length.",
            (Quantile(0.95, "stage", FrameLatencySeconds, Class, "stage!=\"capture_to_answer\""), "{{stage}}")),
        new("Error budget burnt, times the rate that lasts a month", "short", "1 is the rate at which a budget of 1 % is just used up in a month; the fast alert fires at 14.4, the slow one at 6.",
            ($"(1 - deltaedge:attainment:ratio_rate5m{{{Class}}}) / 0.01", "{{sla_class}} 5m"), ($"(1 - deltaedge:attainment:ratio_rate1h{{{Class}}}) / 0.01", "{{sla_class}} 1h")),
        new("Gateway responses by status", "ops", "503 is a refusal for load with Retry-After, 504 a deadline that passed, 499 a client that left; 500 and 502 are failures.",
            (Rate("status", GatewayRequestsTotal), "{{status}}")),
        new("Gateway, p95 by route", "s", "From a request's arrival to the last byte of its response. An event stream counts as long as it was read.",
            (Quantile(0.95, "route", GatewayRequestSeconds), "{{route}}")),
    ]);
}
