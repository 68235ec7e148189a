using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Globalization;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Scheduling;
using DeltaEdge.Telemetry;

namespace DeltaEdge.Inference.Engine;

/// <summary>The engine's instruments. Called from the engine's thread; tags are made once, so that recording allocates nothing.</summary>
internal sealed class EngineMetrics
{
    private static readonly string[] Reasons = ["none", "load", "floor", "class"];

    private readonly Histogram<double> _stages;
    private readonly Histogram<double> _predicted;
    private readonly Histogram<int> _batch;
    private readonly Counter<long> _visualTokens;
    private readonly Counter<long> _answers;
    private readonly Counter<long> _cacheQueries;
    private readonly Counter<long> _cacheHits;
    private readonly Counter<long> _budgetChanges;
    private readonly Gauge<int> _budget;
    private readonly FrozenDictionary<int, string> _budgetNames;
    private readonly Dictionary<string, int> _lastBudgets = new(StringComparer.Ordinal);

    public EngineMetrics(IMeterFactory meters, TokenLadder ladder)
    {
        var meter = meters.Create(InstrumentNames.Meter);
        _stages = meter.CreateHistogram<double>(InstrumentNames.FrameLatencySeconds, "s", "Seconds by stage; capture_to_answer is what the SLA is held against.");
        _predicted = meter.CreateHistogram<double>(InstrumentNames.PredictedLatencySeconds, "s", "Seconds from arrival to answer, as predicted when the budget was chosen and as observed.");
        _batch = meter.CreateHistogram<int>(InstrumentNames.BatchSize, "{row}", "Rows of a decode step.");
        _visualTokens = meter.CreateCounter<long>(InstrumentNames.VisualTokensTotal, "{token}", "Visual tokens spent on answers.");
        _answers = meter.CreateCounter<long>(InstrumentNames.AnswersTotal, "{answer}", "Answers by the budget they were given.");
        _cacheQueries = meter.CreateCounter<long>(InstrumentNames.EncoderCacheQueriesTotal, "{ask}", "Asks that looked for their frame's encoding.");
        _cacheHits = meter.CreateCounter<long>(InstrumentNames.EncoderCacheHitsTotal, "{ask}", "Asks whose frame was encoded already, or for another ask.");
        _budgetChanges = meter.CreateCounter<long>(InstrumentNames.BudgetChangesTotal, "{change}", "Changes of the budget from one answer of a class to the next.");
        _budget = meter.CreateGauge<int>(InstrumentNames.BudgetTokens, "{token}", "Visual tokens most recently spent.");
        _budgetNames = ladder.Budgets.ToFrozenDictionary(b => b, b => b.ToString(CultureInfo.InvariantCulture));
    }

    public void Stepped(int rows) => _batch.Record(rows);

    public void LookedUp(bool hit)
    {
        _cacheQueries.Add(1);
        if (hit)
        {
            _cacheHits.Add(1);
        }
    }

    public void Dispatched(string slaClass, int budget, DegradedReason reason)
    {
        if (_lastBudgets.TryGetValue(slaClass, out var last) && last != budget)
        {
            _budgetChanges.Add(
                1,
                new KeyValuePair<string, object?>(TagNames.Direction, budget < last ? "down" : "up"),
                new KeyValuePair<string, object?>(TagNames.Reason, Reasons[(int)reason]));
        }

        if (last != budget)
        {
            _lastBudgets[slaClass] = budget;
            _budget.Record(budget, new KeyValuePair<string, object?>(TagNames.SlaClass, slaClass));
        }
    }

    public void Answered(Ask ask, AskOutcome outcome)
    {
        _visualTokens.Add(outcome.Budget);
        _answers.Add(1, new KeyValuePair<string, object?>(TagNames.Budget, _budgetNames[outcome.Budget]));
        if (_stages.Enabled)
        {
            var latency = outcome.Latency;
            Stage("queue", latency.QueueMs, ask.Request.SlaClass);
            Stage("encode", latency.EncodeMs, ask.Request.SlaClass);
            Stage("project", latency.ProjectMs, ask.Request.SlaClass);
            Stage("prefill", latency.PrefillMs, ask.Request.SlaClass);
            Stage("decode", latency.DecodeMs, ask.Request.SlaClass);
        }

        if (_predicted.Enabled)
        {
            Latency("predicted", ask.PredictedLatency.TotalSeconds, ask.Request.SlaClass);
            Latency("observed", outcome.Latency.TotalMs / 1000, ask.Request.SlaClass);
        }
    }

    private void Stage(string stage, double milliseconds, string slaClass) =>
        _stages.Record(milliseconds / 1000, new KeyValuePair<string, object?>(TagNames.Stage, stage), new KeyValuePair<string, object?>(TagNames.SlaClass, slaClass));

    private void Latency(string kind, double seconds, string slaClass) =>
        _predicted.Record(seconds, new KeyValuePair<string, object?>(TagNames.Kind, kind), new KeyValuePair<string, object?>(TagNames.SlaClass, slaClass));
}
