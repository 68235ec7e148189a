using System.Diagnostics;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.Telemetry;
using DeltaEdge.Telemetry.Tracing;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.Tracing;

/// <summary>A span over each frame, from its capture until its last question has been answered.</summary>
internal sealed class TracedSink(IFrameSink sink, MonotonicClock clock, IOptions<TelemetryOptions> telemetry) : IFrameSink
{
    public ValueTask<bool> OnFrameAsync(StreamSpec spec, CapturedFrame frame, CancellationToken cancellationToken) =>
        Traces.Source.HasListeners() ? TraceAsync(spec, frame, cancellationToken) : sink.OnFrameAsync(spec, frame, cancellationToken);

    public void OnFramesDropped(StreamSpec spec, int frames) => sink.OnFramesDropped(spec, frames);

    private async ValueTask<bool> TraceAsync(StreamSpec spec, CapturedFrame frame, CancellationToken cancellationToken)
    {
        var times = new SpanTimes(clock);
        Activity.Current = null; // A stream's tasks still carry the request that added it.
        using var span = Traces.Source.StartActivity(SpanNames.Frame, ActivityKind.Consumer, default(ActivityContext), startTime: times.Wall(frame.CapturedAt));
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("deltaedge.frame.index", frame.Index).SetTag("deltaedge.sla_class", spec.SlaClass).SetTag("deltaedge.deadline_ms", spec.DeadlineMs);
            if (telemetry.Value.PerStream)
            {
                span.SetTag("deltaedge.stream.id", spec.Id);
            }

            times.Add(span.Context, SpanNames.Ingest, frame.CapturedAt, clock.Now);
        }

        return await sink.OnFrameAsync(spec, frame, cancellationToken);
    }
}
