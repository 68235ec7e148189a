namespace DeltaEdge.Telemetry;

/// <summary>
/// Every instrument's name, as Prometheus shows it: units and <c>_total</c> are part of the name, nothing is added on the way out.
/// docs/metrics.md describes each; a test holds the two together, so a new name needs a row there.
/// </summary>
public static class InstrumentNames
{
    /// <summary>The only meter that <c>/metrics</c> shows. Create it with <c>IMeterFactory.Create(InstrumentNames.Meter)</c>.</summary>
    public const string Meter = "DeltaEdge";

    // Frames and answers
    public const string FrameLatencySeconds = "deltaedge_frame_latency_seconds";
    public const string FramesTotal = "deltaedge_frames_total";
    public const string AnswersTotal = "deltaedge_answers_total";
    public const string VisualTokensTotal = "deltaedge_visual_tokens_total";
    public const string ServingAccuracySumTotal = "deltaedge_serving_accuracy_sum_total";
    public const string QualityDebtSecondsTotal = "deltaedge_quality_debt_seconds_total";

    // Requests (the names that dashboards for other servers are relabelled to)
    public const string RequestsRunning = "deltaedge_requests_running";
    public const string RequestsWaiting = "deltaedge_requests_waiting";
    public const string RequestLatencySeconds = "deltaedge_request_latency_seconds";

    // Budget and controller
    public const string BudgetTokens = "deltaedge_budget_tokens";
    public const string BudgetChangesTotal = "deltaedge_budget_changes_total";
    public const string ControllerState = "deltaedge_controller_state";
    public const string ControllerTicksTotal = "deltaedge_controller_ticks_total";
    public const string PlanCeilingTokens = "deltaedge_plan_ceiling_tokens";
    public const string PlanChangesTotal = "deltaedge_plan_changes_total";
    public const string PlanPrice = "deltaedge_plan_price";
    public const string PlanSwitchesPerMinute = "deltaedge_plan_switches_per_minute";
    public const string PlanUtilisationRatio = "deltaedge_plan_utilisation_ratio";
    public const string PlanVersion = "deltaedge_plan_version";

    // Prediction
    public const string PredictedLatencySeconds = "deltaedge_predicted_latency_seconds";
    public const string ProfileErrorRatio = "deltaedge_profile_error_ratio";

    // Engine
    public const string QueueDepth = "deltaedge_queue_depth";
    public const string BatchSize = "deltaedge_batch_size";
    public const string EncoderCacheQueriesTotal = "deltaedge_encoder_cache_queries_total";
    public const string EncoderCacheHitsTotal = "deltaedge_encoder_cache_hits_total";
    public const string EngineBuildsTotal = "deltaedge_engine_builds_total";

    // The model in force
    public const string ModelInfo = "deltaedge_model_info";
    public const string ModelSwapsTotal = "deltaedge_model_swaps_total";

    // The process
    public const string ManagedHeapBytes = "deltaedge_managed_heap_bytes";
    public const string BodiesInFlightBytes = "deltaedge_bodies_in_flight_bytes";

    // Streams (all of these carry the stream's id; DeltaEdge:Telemetry:PerStream=false hides them)
    public const string StreamState = "deltaedge_stream_state";
    public const string StreamReconnectsTotal = "deltaedge_stream_reconnects_total";
    public const string StreamLastFrameAgeSeconds = "deltaedge_stream_last_frame_age_seconds";
    public const string StreamFps = "deltaedge_stream_fps";

    // Answer logs
    public const string AnswerLogDroppedTotal = "deltaedge_answer_log_dropped_total";

    // Agreement probes
    public const string AuditAgreementRatio = "deltaedge_audit_agreement_ratio";
    public const string AuditProbesTotal = "deltaedge_audit_probes_total";

    // Rules and delivery
    public const string RuleFiringsTotal = "deltaedge_rule_firings_total";
    public const string RuleHeartbeatAgeSeconds = "deltaedge_rule_heartbeat_age_seconds";
    public const string SinkDeliveriesTotal = "deltaedge_sink_deliveries_total";
    public const string SinkPending = "deltaedge_sink_pending";
    public const string SinkOldestPendingSeconds = "deltaedge_sink_oldest_pending_seconds";
    public const string SinkLastSuccessAgeSeconds = "deltaedge_sink_last_success_age_seconds";
    public const string OutboxMemoryMessages = "deltaedge_outbox_memory_messages";

    // Shared state
    public const string SharedStateAgeSeconds = "deltaedge_shared_state_age_seconds";
    public const string SharedStateFailuresTotal = "deltaedge_shared_state_failures_total";
    public const string SharedStateWorkers = "deltaedge_shared_state_workers";
    public const string StreamsUnassigned = "deltaedge_streams_unassigned";

    // Gateway
    public const string GatewayRequestsTotal = "deltaedge_gateway_requests_total";
    public const string GatewayRequestSeconds = "deltaedge_gateway_request_seconds";
    public const string GatewayForwarderErrorsTotal = "deltaedge_gateway_forwarder_errors_total";
    public const string GatewayRetriesTotal = "deltaedge_gateway_retries_total";

    // The metrics endpoint itself
    public const string MetricsOverflowTotal = "deltaedge_metrics_overflow_total";
}
