using static DeltaEdge.Cli.Monitoring.Promql;
using static DeltaEdge.Telemetry.InstrumentNames;

namespace DeltaEdge.Cli.Monitoring;

/// <summary>How good are the answers, and what did load take from them?</summary>
internal static class QualityDashboard
{
    private const string Class = "sla_class=~\"$sla_class\"";

    public static Dashboard Create() => new("quality", "DeltaEdge: quality", "How good are the answers, and how much of that does load cost?", [DashboardVariable.SlaClass],
    [
        new("Expected accuracy of answers on time", "percentunit", "Mean over answers that kept their deadline: profiled by budget and kind of question, corrected by agreement probes.",
            (Ratio(Rate("sla_class", ServingAccuracySumTotal, Class), Rate("sla_class", FramesTotal, Class, "outcome=\"on_time\"")), "{{sla_class}}")),
        new("Useful share", "percentunit", "Of all asks, how many were answered on time and, as far as is known, right.",
            (Ratio(Rate("sla_class", ServingAccuracySumTotal, Class), Rate("sla_class", FramesTotal, Class, "outcome!=\"gated\"")), "{{sla_class}}")),
        new("Quality debt", "percentunit", "Share of the time in which load kept a class below the visual tokens it would have got. The signal to scale on: it rises before anything is late.",
            ($"avg by (sla_class) (rate({Of(QualityDebtSecondsTotal, Class)}[$__rate_interval]))", "{{sla_class}}")),
        new("Visual tokens last spent", "short", "What the newest answer of a class was given.",
            (Max("sla_class", BudgetTokens, Class), "{{sla_class}}")),
        new("Ceiling in the plan", "short", "What the controller allows a frame of the class at most; it falls at once under load and climbs back step by step.",
            (Max("sla_class", PlanCeilingTokens, Class), "{{sla_class}}")),
        new("Budget changes", "ops", "Changes from one answer of a class to the next. Many in both directions mean that load hovers between two budgets.",
            (OrZero(Rate("direction, reason", BudgetChangesTotal)), "{{direction}} {{reason}}")),
        new("Agreement with the best budget", "percentunit", "Share of recent probes at a budget that gave the answer of the best budget; 1 where nothing was probed yet.",
            ($"avg by (budget) ({Of(AuditAgreementRatio)}) or vector(1)", "{{budget}}")),
        new("Agreement probes", "ops", "Asked only while a worker is idle; cancelled means that real work came.",
            (OrZero(Rate("outcome", AuditProbesTotal)), "{{outcome}}")),
    ]);
}
