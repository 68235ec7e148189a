using System.Collections.Concurrent;
using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Events;
using DeltaEdge.Core.Streams;
using DeltaEdge.Delivery.Intake;
using DeltaEdge.Delivery.Metrics;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Imaging.Jpeg;
using DeltaEdge.Streams.Answers;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Observing;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Delivery.Rules;

/// <summary>
/// Turns answers into events by the stream's rules, and hands events and answers over to be delivered. What the rules remember goes with
/// the stream from worker to worker, for it is all in the stream's log.
/// </summary>
internal sealed class RuleObserver(
    DeliveryQueue queue, StreamLogs logs, IAnswerLog log, DeliveryMetrics metrics, IOptions<DeliveryOptions> options, TimeProvider time) : IStreamObserver
{
    /// <summary>Entries of the log from which rules remember.</summary>
    private const int Recalled = 100;

    private readonly ConcurrentDictionary<string, StreamRules> _rules = new();
    private readonly ConcurrentDictionary<string, StreamPulse> _pulses = new();

    /// <summary>Lets the rules see the last answers again, of which whoever gave them has told. Without the log they start afresh.</summary>
    public async Task OnTakenOverAsync(StreamSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Rules.IsEmpty || await log.ReadAsync(spec.Id, 0, 1, cancellationToken) is not { LastId: > 0 and var last }
            || await log.ReadAsync(spec.Id, Math.Max(0, last - Recalled), Recalled, cancellationToken) is not { } page)
        {
            return;
        }

        var rules = new StreamRules();
        foreach (var answer in page.Entries.Select(e => e.Answer).OfType<StreamAnswer>())
        {
            rules.See(spec.Rules, answer);
        }

        _rules[spec.Id] = rules;
    }

    public void OnAnswer(StreamSpec spec, StreamAnswer answer, CapturedFrame frame)
    {
        if (!spec.Deliver.IsEmpty)
        {
            queue.Add(spec.Deliver, answer, time.GetUtcNow());
        }

        if (!spec.Rules.IsEmpty)
        {
            See(spec, answer, frame);
        }

        // Last, so that a heartbeat tells only of answers that have been all the way.
        if (answer.Answer is not null)
        {
            PulseOf(spec).Answered();
        }
    }

    /// <summary>To the targets only: the stream's log has it from its owner.</summary>
    public void OnState(StreamSpec spec, StateChange change, DateTimeOffset at) => queue.Add(spec.Deliver, StreamEvents.OfState(spec.Id, change, at));

    public void OnRemoved(StreamSpec spec)
    {
        _rules.TryRemove(spec.Id, out _);
        _pulses.TryRemove(spec.Id, out _);
    }

    /// <summary>Proves to whoever listens that the way of this stream's events is open, although nothing may happen, and says how the stream goes.</summary>
    public void Beat(StreamSpec spec, StreamState state, DateTimeOffset at)
    {
        var bucket = (long)(at.ToUnixTimeMilliseconds() / (options.Value.HeartbeatSeconds * 1000));
        Happened(spec, new StreamEvent
        {
            Type = StreamEvents.Heartbeat,
            StreamId = spec.Id,
            At = at,
            DedupeKey = $"{spec.Id}:heartbeat:{bucket}",
            Heartbeat = PulseOf(spec).Beat(state),
        });
    }

    private StreamPulse PulseOf(StreamSpec spec) => _pulses.GetOrAdd(spec.Id, _ => new StreamPulse(time));

    private void See(StreamSpec spec, StreamAnswer answer, CapturedFrame frame)
    {
        foreach (var (rule, previous) in _rules.GetOrAdd(spec.Id, _ => new StreamRules()).See(spec.Rules, answer))
        {
            metrics.Fired();
            Happened(spec, new StreamEvent
            {
                Type = StreamEvents.Rule,
                StreamId = spec.Id,
                At = time.GetUtcNow(),
                DedupeKey = rule.DedupeKey(spec.Id, answer.CapturedAt),
                Rule = new RuleFiring
                {
                    RuleId = rule.Id,
                    QuestionId = answer.QuestionId,
                    Question = answer.Question,
                    Answer = answer.Answer!,
                    PreviousAnswer = previous,
                    FrameIndex = answer.FrameIndex,
                    CapturedAt = answer.CapturedAt,
                    EvidenceJpeg = rule.Evidence ? JpegEncoder.Encode(frame.Image, options.Value.EvidenceQuality) : null,
                },
            });
        }
    }

    private void Happened(StreamSpec spec, StreamEvent happened)
    {
        logs.Append(happened);
        queue.Add(spec.Deliver, happened);
    }
}
