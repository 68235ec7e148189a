using System.Diagnostics.Metrics;
using DeltaEdge.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace DeltaEdge.UnitTests.Telemetry;

public sealed class PrometheusRegistryTests
{
    [Fact]
    public void Counter_AddsUpByLabels()
    {
        using var host = new TelemetryContainer();
        var frames = host.Meter.CreateCounter<long>(InstrumentNames.FramesTotal, "{frame}", "Frames.");
        frames.Add(2, Tag("sla_class", "default"), Tag("outcome", "on_time"));
        frames.Add(3, Tag("outcome", "on_time"), Tag("sla_class", "default"));
        frames.Add(1, Tag("sla_class", "default"), Tag("outcome", "late"));

        var text = host.Scrape();

        Assert.Equal("counter", text.Types[InstrumentNames.FramesTotal]);
        Assert.Equal(5, text["""deltaedge_frames_total{outcome="on_time",sla_class="default"}"""]);
        Assert.Equal(1, text["""deltaedge_frames_total{outcome="late",sla_class="default"}"""]);
    }

    [Fact]
    public void LabelValuesOfOneText_AreOneSeries()
    {
        using var host = new TelemetryContainer();
        var answers = host.Meter.CreateCounter<long>(InstrumentNames.AnswersTotal);
        answers.Add(1, Tag("budget", 64));
        answers.Add(1, Tag("budget", "64"));
        answers.Add(1, Tag("budget", 64L), Tag("reason", null));

        Assert.Equal(3, host.Scrape()["""deltaedge_answers_total{budget="64"}"""]);
    }

    [Fact]
    public void Histogram_HasCumulativeBucketsWithAnEdgeOnEveryDeadline()
    {
        using var host = new TelemetryContainer(("DeltaEdge:Sla:Classes:camera:DeadlineMs", "230"));
        var latency = host.Meter.CreateHistogram<double>(InstrumentNames.FrameLatencySeconds, "s", "Latency.");
        latency.Record(0.01);
        latency.Record(0.23);
        latency.Record(0.2300001);
        latency.Record(99);
        latency.Record(double.NaN);

        var text = host.Scrape();

        Assert.Equal(1, text["""deltaedge_frame_latency_seconds_bucket{le="0.01"}"""]);
        Assert.Equal(2, text["""deltaedge_frame_latency_seconds_bucket{le="0.23"}"""]);
        Assert.Equal(3, text["""deltaedge_frame_latency_seconds_bucket{le="0.25"}"""]);
        Assert.Equal(3, text["""deltaedge_frame_latency_seconds_bucket{le="30"}"""]);
        Assert.Equal(4, text["""deltaedge_frame_latency_seconds_bucket{le="+Inf"}"""]);
        Assert.Equal(4, text["deltaedge_frame_latency_seconds_count"]);
        Assert.Equal(99.4700001, text["deltaedge_frame_latency_seconds_sum"], 9);
    }

    [Fact]
    public void HistogramWithAdvice_UsesItsOwnBuckets()
    {
        using var host = new TelemetryContainer();
        var advice = new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 3] };
        host.Meter.CreateHistogram(InstrumentNames.BatchSize, "{row}", "Rows.", advice: advice).Record(2);

        var text = host.Scrape();

        Assert.Equal(1, text["""deltaedge_batch_size_bucket{le="3"}"""]);
        Assert.Equal(3, text.Samples.Keys.Count(k => k.StartsWith("deltaedge_batch_size_bucket", StringComparison.Ordinal)));
    }

    [Fact]
    public void UpDownCounterAndGauge_AreGauges()
    {
        using var host = new TelemetryContainer();
        var running = host.Meter.CreateUpDownCounter<int>(InstrumentNames.RequestsRunning);
        running.Add(3);
        running.Add(-1);
        var error = host.Meter.CreateGauge<double>(InstrumentNames.ProfileErrorRatio);
        error.Record(0.5);
        error.Record(0.25);

        var text = host.Scrape();

        Assert.Equal("gauge", text.Types[InstrumentNames.RequestsRunning]);
        Assert.Equal(2, text["deltaedge_requests_running"]);
        Assert.Equal(0.25, text["deltaedge_profile_error_ratio"]);
    }

    [Fact]
    public void ObservedSeriesThatIsGone_IsNoLongerShown()
    {
        using var host = new TelemetryContainer();
        List<string> streams = ["a", "b"];
        host.Meter.CreateObservableGauge(
            InstrumentNames.StreamFps,
            () => streams.Select(s => new Measurement<double>(5, Tag("stream", s))));
        Assert.Equal(2, host.Scrape().Samples.Count);

        streams.Remove("b");

        Assert.Equal(["""deltaedge_stream_fps{stream="a"}"""], host.Scrape().Samples.Keys);
    }

    [Fact]
    public void ObservedAndSetGaugesOfOneName_AreOneFamily()
    {
        using var host = new TelemetryContainer();
        host.Meter.CreateObservableGauge(InstrumentNames.BudgetTokens, () => new Measurement<int>(144, Tag("sla_class", "default")));
        host.Meter.CreateGauge<int>(InstrumentNames.BudgetTokens, "{token}").Record(64, Tag("sla_class", "default"), Tag("worker", "w1"));

        var text = host.Scrape();

        Assert.Equal(144, text["""deltaedge_budget_tokens{sla_class="default"}"""]);
        Assert.Equal(64, text["""deltaedge_budget_tokens{sla_class="default",worker="w1"}"""]);
        Assert.Equal(2, host.Scrape().Samples.Count);
    }

    [Fact]
    public void RunningTotal_IsShownAsItIs()
    {
        using var host = new TelemetryContainer();
        var total = 5L;
        host.Meter.CreateObservableCounter(InstrumentNames.EngineBuildsTotal, () => total);
        Assert.Equal(5, host.Scrape()["deltaedge_engine_builds_total"]);
        total = 7;

        var text = host.Scrape();

        Assert.Equal(7, text["deltaedge_engine_builds_total"]);
        Assert.Equal("counter", text.Types["deltaedge_engine_builds_total"]);
    }

    [Fact]
    public void ObservableThatThrows_LeavesTheOthers()
    {
        using var host = new TelemetryContainer();
        host.Meter.CreateObservableGauge(InstrumentNames.QueueDepth, int () => throw new InvalidOperationException("broken"));
        host.Meter.CreateObservableGauge(InstrumentNames.PlanVersion, () => 7L);

        Assert.Equal(7, host.Scrape()["deltaedge_plan_version"]);
    }

    [Fact]
    public void HostsInOneProcess_EachShowTheirOwn()
    {
        using var one = new TelemetryContainer();
        using var other = new TelemetryContainer();
        one.Meter.CreateCounter<long>(InstrumentNames.VisualTokensTotal).Add(10);
        other.Meter.CreateCounter<long>(InstrumentNames.VisualTokensTotal).Add(1);

        Assert.Equal(10, one.Scrape()["deltaedge_visual_tokens_total"]);
        Assert.Equal(1, other.Scrape()["deltaedge_visual_tokens_total"]);
    }

    [Fact]
    public void OtherMeters_AreNotShown()
    {
        using var host = new TelemetryContainer();
        host.Services.GetRequiredService<IMeterFactory>().Create("Microsoft.AspNetCore.Hosting").CreateCounter<long>("http.requests").Add(1);

        Assert.Empty(host.Scrape().Samples);
    }

    [Fact]
    public void SeriesPastTheCap_AreFoldedAndCounted()
    {
        using var host = new TelemetryContainer(("DeltaEdge:Telemetry:MaxSeriesPerInstrument", "10"));
        var answers = host.Meter.CreateCounter<long>(InstrumentNames.AnswersTotal);
        for (var i = 0; i < 50; i++)
        {
            answers.Add(1, Tag("budget", i));
        }

        var text = host.Scrape();

        Assert.Equal(40, text["""deltaedge_answers_total{overflow="true"}"""]);
        Assert.Equal(40, text["""deltaedge_metrics_overflow_total{instrument="deltaedge_answers_total"}"""]);
        Assert.Equal(11, text.Samples.Keys.Count(k => k.StartsWith("deltaedge_answers_total", StringComparison.Ordinal)));
        Assert.Equal(50, text.Samples.Where(s => s.Key.StartsWith("deltaedge_answers_total", StringComparison.Ordinal)).Sum(s => s.Value));
    }

    [Fact]
    public void PerStreamOff_HidesStreamInstruments()
    {
        using var host = new TelemetryContainer(("DeltaEdge:Telemetry:PerStream", "false"));
        host.Meter.CreateCounter<long>(InstrumentNames.StreamReconnectsTotal).Add(1, Tag("stream", "a"));

        Assert.Empty(host.Scrape().Samples);
    }

    [Fact]
    public void AwkwardTexts_AreEscaped()
    {
        using var host = new TelemetryContainer();
        host.Meter.CreateCounter<double>(InstrumentNames.GatewayForwarderErrorsTotal, null, "A \\ and\na \"line\".").Add(0.5, Tag("sink", "a\\b\"c\nd"), Tag("bad-name", true));

        Assert.Equal(0.5, host.Scrape()["""deltaedge_gateway_forwarder_errors_total{bad_name="true",sink="a\\b\"c\nd"}"""]);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    [InlineData(-0.000001)]
    public void AnyNumber_IsReadBack(double value)
    {
        using var host = new TelemetryContainer();
        host.Meter.CreateObservableGauge(InstrumentNames.ProfileErrorRatio, () => value);

        Assert.Equal(value, host.Scrape()["deltaedge_profile_error_ratio"]);
    }

    [Fact]
    public async Task ConcurrentMeasurements_AreAllCounted()
    {
        using var host = new TelemetryContainer();
        var latency = host.Meter.CreateHistogram<double>(InstrumentNames.PredictedLatencySeconds);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(t => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                latency.Record(0.5, Tag("worker", i % 7));
            }
        })));

        var text = host.Scrape();

        Assert.Equal(40_000, text.Samples.Where(s => s.Key.StartsWith("deltaedge_predicted_latency_seconds_count", StringComparison.Ordinal)).Sum(s => s.Value));
        Assert.Equal(20_000, text.Samples.Where(s => s.Key.StartsWith("deltaedge_predicted_latency_seconds_sum", StringComparison.Ordinal)).Sum(s => s.Value));
    }

    [Fact]
    public void KnownSeries_AllocatesNothing()
    {
        using var host = new TelemetryContainer();
        var answers = host.Meter.CreateCounter<long>(InstrumentNames.AnswersTotal);
        object budget = 144;
        for (var i = 0; i < 100; i++)
        {
            answers.Add(1, Tag("sla_class", "default"), Tag("budget", budget));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            answers.Add(1, Tag("sla_class", "default"), Tag("budget", budget));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
