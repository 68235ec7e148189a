using System.Diagnostics.Metrics;
using DeltaEdge.Core.Quality;
using DeltaEdge.Core.Time;
using DeltaEdge.Telemetry;
using DeltaEdge.Worker.Serving;

namespace DeltaEdge.Worker.Reporting;

/// <summary>What became of every ask, whoever asked: the ratio of on_time to all is SLO attainment.</summary>
internal sealed class WorkerMetrics
{
    private readonly Counter<long> _frames;
    private readonly Counter<double> _accuracy;
    private readonly Histogram<double> _latency;
    private readonly Histogram<double> _request;
    private readonly Counter<double> _debtSeconds;
    private readonly QualityDebt _debt = new();
    private readonly MonotonicClock _clock;

    public WorkerMetrics(IMeterFactory meters, ModelInForce models, MonotonicClock clock)
    {
        _clock = clock;
        var meter = meters.Create(InstrumentNames.Meter);
        _frames = meter.CreateCounter<long>(InstrumentNames.FramesTotal, "{ask}", "Asks (one question about one frame) by how they ended.");
        _accuracy = meter.CreateCounter<double>(InstrumentNames.ServingAccuracySumTotal, "{ask}", "Sum of the profiled accuracy of on-time answers; over deltaedge_frames_total{outcome=\"on_time\"} it is the mean serving accuracy.");
        _latency = meter.CreateHistogram<double>(InstrumentNames.FrameLatencySeconds, "s", "Seconds by stage; capture_to_answer is what the SLA is held against.");
        _request = meter.CreateHistogram<double>(InstrumentNames.RequestLatencySeconds, "s", "Seconds from a request's arrival at the worker to its last token.");
        _debtSeconds = meter.CreateCounter<double>(InstrumentNames.QualityDebtSecondsTotal, "s", "Seconds during which load kept a class below its target budget; idle time adds none.");
        meter.CreateObservableGauge(InstrumentNames.RequestsRunning, () => models.Current.Engine.Status.ActiveRows, "{request}", "Asks that decode now.");
        meter.CreateObservableGauge(InstrumentNames.RequestsWaiting, () => models.Current.Engine.Status.QueueDepth, "{request}", "Asks that wait for the engine.");
        meter.CreateObservableGauge(
            InstrumentNames.ModelInfo, () => new Measurement<int>(1, new KeyValuePair<string, object?>(TagNames.Model, models.Current.Name)), "1", "1 for the model in force.");
        meter.CreateObservableGauge(InstrumentNames.ManagedHeapBytes, Heaps, "By", "Managed memory after the last collection: all of it, and large objects.");
    }

    public void Ended(string slaClass, string outcome) => Ended(slaClass, outcome, 1);

    public void Ended(string slaClass, string outcome, int asks) =>
        _frames.Add(asks, new KeyValuePair<string, object?>(TagNames.SlaClass, slaClass), new(TagNames.Outcome, outcome));

    /// <param name="slaClass">Class name.</param>
    /// <param name="fellShort">Whether load kept the ask that has just ended below the budget it would have got without.</param>
    public void Served(string slaClass, bool fellShort) =>
        _debtSeconds.Add(_debt.Ended(slaClass, _clock.Now, fellShort), new KeyValuePair<string, object?>(TagNames.SlaClass, slaClass));

    public void Answered(string slaClass, double seconds, bool onTime, double expectedAccuracy, double requestSeconds)
    {
        _request.Record(requestSeconds);
        _latency.Record(seconds, new KeyValuePair<string, object?>(TagNames.Stage, "capture_to_answer"), new(TagNames.SlaClass, slaClass));
        if (onTime)
        {
            _accuracy.Add(expectedAccuracy, new KeyValuePair<string, object?>(TagNames.SlaClass, slaClass));
        }
    }

    private static IEnumerable<Measurement<long>> Heaps()
    {
        const int LargeObjects = 3;
        var last = GC.GetGCMemoryInfo(GCKind.Any);
        var large = last.GenerationInfo.Length > LargeObjects ? last.GenerationInfo[LargeObjects].SizeAfterBytes : 0;
        return [new(last.HeapSizeBytes, new KeyValuePair<string, object?>(TagNames.Heap, "all")), new(large, new KeyValuePair<string, object?>(TagNames.Heap, "large"))];
    }
}
