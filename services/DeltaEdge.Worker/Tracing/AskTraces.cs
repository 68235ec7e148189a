using System.Diagnostics;
using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Time;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Telemetry.Tracing;
using DeltaEdge.Worker.Asking;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.Tracing;

/// <summary>
/// A span over each ask with one per stage in it, made from its latency split once it has ended, so that the engine knows nothing of
/// spans. Stages are laid end to end: their lengths are measured, and waiting between two of them shows as part of the queue.
/// </summary>
internal sealed class AskTraces(MonotonicClock clock, IOptions<TracingOptions> options)
{
    /// <summary>Adds the spans under the one that is current: a frame's or a request's.</summary>
    public void Ended(string model, AskRequest ask, AskOutcome outcome, AnswerInfo info)
    {
        if (!Traces.Source.HasListeners() || Activity.Current is { Recorded: false })
        {
            return;
        }

        var times = new SpanTimes(clock);
        var end = outcome.FinishedAt > TimeSpan.Zero ? outcome.FinishedAt : clock.Now; // A refusal at the door has no time of its own.
        var start = end - TimeSpan.FromMilliseconds(outcome.Latency.TotalMs);
        using var span = Traces.Source.StartActivity(SpanNames.Ask, ActivityKind.Internal, Activity.Current?.Context ?? default, startTime: times.Wall(start));
        if (span is null)
        {
            return;
        }

        Describe(span, model, ask, outcome, info);
        var at = start;
        foreach (var (name, milliseconds) in Stages(outcome.Latency))
        {
            if (milliseconds > 0)
            {
                var until = TimeSpan.FromTicks(Math.Min(end.Ticks, (at + TimeSpan.FromMilliseconds(milliseconds)).Ticks));
                times.Add(span.Context, name, at, until);
                at = until;
            }
        }

        span.SetEndTime(times.Wall(end).UtcDateTime);
    }

    private static (string Name, double Milliseconds)[] Stages(LatencySplit split) =>
    [
        (SpanNames.Queue, split.QueueMs), (SpanNames.Encode, split.EncodeMs), (SpanNames.Project, split.ProjectMs),
        (SpanNames.Prefill, split.PrefillMs), (SpanNames.Decode, split.DecodeMs),
    ];

    private void Describe(Activity span, string model, AskRequest ask, AskOutcome outcome, AnswerInfo info)
    {
        span.SetTag("gen_ai.operation.name", "chat").SetTag("gen_ai.provider.name", "deltaedge").SetTag("gen_ai.request.model", model)
            .SetTag("gen_ai.usage.input_tokens", outcome.PromptTokens).SetTag("gen_ai.usage.output_tokens", outcome.CompletionTokens)
            .SetTag("deltaedge.sla_class", info.SlaClass).SetTag("deltaedge.deadline_ms", info.DeadlineMs).SetTag("deltaedge.question.kind", info.QuestionKind)
            .SetTag("deltaedge.outcome", AskOutcomes.Name(outcome.Status)).SetTag("deltaedge.degraded_reason", info.DegradedReason)
            .SetTag("deltaedge.budget", info.Budget).SetTag("deltaedge.image_tokens", info.ImageTokens).SetTag("deltaedge.expected_accuracy", info.ExpectedAccuracy);
        if (outcome.Status == AskStatus.Failed)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }

        if (options.Value.Questions)
        {
            span.SetTag("deltaedge.question.text", ask.Question);
        }
    }
}
