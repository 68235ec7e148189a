using static DeltaEdge.Cli.Monitoring.Promql;
using static DeltaEdge.Telemetry.InstrumentNames;

namespace DeltaEdge.Cli.Monitoring;

/// <summary>How much room is left?</summary>
internal static class CapacityDashboard
{
    public static Dashboard Create() => new("capacity", "DeltaEdge: capacity", "How much room is left, who serves, and who leads?", [],
    [
        new("Load over capacity at the plan's ceilings", "percentunit", "Above 1 the ceilings must fall; at the floors and above 1, asks are refused.",
            (Max("", PlanUtilisationRatio), "utilisation")),
        new("Price of a second", "short", "Weighted correct answers that a second of engine time must gain. 0: there is time for whatever helps; it rises as time gets scarce.",
            (Max("", PlanPrice), "price")),
        new("Asks at the engine", "short", "Running are being decoded, waiting have not begun.",
            (Sum("", RequestsRunning), "running"), (Sum("", RequestsWaiting), "waiting")),
        new("Rows per decode step, mean", "short", "How many answers are written together.",
            (Ratio(Rate("", $"{BatchSize}_sum"), Rate("", $"{BatchSize}_count")), "rows")),
        new("Predicted and observed, p95", "s", "From arrival to answer. If they part, admission and budgets are decided on a wrong profile.",
            (Quantile(0.95, "kind", PredictedLatencySeconds), "{{kind}}")),
        new("Observed over profiled time", "short", "1 when the profile is right; above, the machine is slower than when it was measured.",
            (Max("instance", ProfileErrorRatio), "{{instance}}")),
        new("Controllers by what they do", "short", "One leads; others stand by, or are away from shared state.",
            (Sum("state", ControllerState), "{{state}}")),
        new("Runs of the controller's loop", "ops", "Four a second a controller; unavailable and failed are not to be.",
            (Rate("outcome", ControllerTicksTotal), "{{outcome}}")),
        new("Workers heard of", "short", "Within their time to live, by who listens; 0 where hosts share one process and need no shared state.",
            (OrZero(Max("job", SharedStateWorkers)), "{{job}}")),
        new("Age of shared state", "s", "Rises while Redis is out of reach; 0 where hosts share one process.",
            (OrZero(Max("instance", SharedStateAgeSeconds)), "{{instance}}")),
        new("Failed calls to shared state", "ops", "By operation; 0 where none ever failed.",
            (OrZero(Rate("operation", SharedStateFailuresTotal)), "{{operation}}")),
        new("Requests that could not be forwarded", "ops", "By what went wrong; 0 where none ever did.",
            (OrZero(Rate("error", GatewayForwarderErrorsTotal)), "{{error}}")),
    ]);
}
