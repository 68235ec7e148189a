using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Gating;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.Streams.Observing;
using DeltaEdge.Telemetry.Tracing;
using DeltaEdge.Worker.Serving;

namespace DeltaEdge.Worker.Asking;

/// <summary>
/// Asks a stream's questions of its frames, and tells the stream's observers what comes back. Where the stream has a gate, a question
/// that an unchanged scene has just been asked gets its last answer again.
/// </summary>
internal sealed class StreamAsker(ModelInForce models, MeteredAsker asker, FrameGates gates, StreamObservers observers, MonotonicClock clock) : IFrameSink
{
    private static readonly UInt128 StreamFrames = UInt128.One << 127;

    private long _frames;

    /// <summary>Completes when every question about the frame has ended.</summary>
    public async ValueTask<bool> OnFrameAsync(StreamSpec spec, CapturedFrame captured, CancellationToken cancellationToken)
    {
        // The gate first: a swap forgets gates after it has put the new model in force, so no old answer gets into a gate of the new one.
        var gate = spec.Gate is null ? null : gates.Of(spec.Id);
        using var lease = models.Take();
        var model = lease.Model;
        var grid = gate is null ? null : FrameGrid.Of(captured.Image.Pixels, captured.Image.Width, captured.Image.Height);
        var open = new List<StreamQuestion>(spec.Questions.Length);
        using (grid is null ? null : Traces.Source.StartActivity(SpanNames.Gate))
        {
            foreach (var question in spec.Questions)
            {
                if (grid is not null && gate!.Reuse(spec, question, grid, captured.CapturedAt) is { } gated)
                {
                    Repeat(spec, gated, captured);
                }
                else
                {
                    open.Add(question);
                }
            }
        }

        if (open.Count == 0)
        {
            return false;
        }

        // A counter, so unique among frames; the top bit keeps it away from content keys, which clear theirs (FrameReader).
        var frame = new VisionFrame(StreamFrames | (ulong)Interlocked.Increment(ref _frames), captured.Image);
        asker.Arrived(model, StreamIds.KeyOf(spec.Id), spec.SlaClass, spec.Range, KindsOf(open));
        await Task.WhenAll(open.Select(async question =>
        {
            var answer = await AskAsync(model, spec, question, captured, frame, cancellationToken);
            if (grid is not null && answer is { Deltaedge.OnTime: true })
            {
                gate!.Keep(spec, question, grid, captured.CapturedAt, answer);
            }
        }));
        return true;
    }

    public void OnFramesDropped(StreamSpec spec, int frames)
    {
        var kinds = KindsOf(spec.Questions);
        for (var i = 0; i < frames; i++)
        {
            asker.Dropped(models.Current, StreamIds.KeyOf(spec.Id), spec.SlaClass, spec.Range, kinds);
        }
    }

    private static QuestionKind[] KindsOf(IEnumerable<StreamQuestion> questions) => [.. questions.Select(q => q.Kind)];

    /// <summary>What came back; null if the ask was cancelled.</summary>
    private async Task<StreamAnswer?> AskAsync(ServedModel model, StreamSpec spec, StreamQuestion question, CapturedFrame captured, VisionFrame frame, CancellationToken cancellationToken)
    {
        var (outcome, info) = await asker.AskAsync(model, new AskRequest
        {
            Frame = frame,
            Question = question.Text,
            Kind = question.Kind,
            Range = spec.Range,
            SlaClass = spec.SlaClass,
            CapturedAt = captured.CapturedAt,
            Deadline = captured.CapturedAt + TimeSpan.FromMilliseconds(spec.DeadlineMs),
            Stream = StreamIds.KeyOf(spec.Id),
        }, cancellationToken);
        if (outcome.Status == AskStatus.Cancelled)
        {
            return null;
        }

        return Give(spec, captured, new StreamAnswer
        {
            StreamId = spec.Id,
            QuestionId = question.Id,
            Question = question.Text,
            Answer = outcome.Status is AskStatus.OnTime or AskStatus.Late ? outcome.Text : null,
            Outcome = AskOutcomes.Name(outcome.Status),
            FrameIndex = captured.Index,
            SourceSeconds = Math.Round(captured.SourceSeconds, 3),
            CapturedAt = captured.CapturedAtWall,
            Deltaedge = info,
        });
    }

    private void Repeat(StreamSpec spec, GatedAnswer gated, CapturedFrame captured)
    {
        asker.Gated(spec.SlaClass);
        Give(spec, captured, gated.Answer with
        {
            Outcome = "gated",
            FrameIndex = captured.Index,
            SourceSeconds = Math.Round(captured.SourceSeconds, 3),
            CapturedAt = captured.CapturedAtWall,
            Deltaedge = gated.Answer.Deltaedge with
            {
                CaptureAgeMs = Math.Round((clock.Now - gated.CapturedAt).TotalMilliseconds, 2),
                GatedAgeMs = Math.Round(gated.Age.TotalMilliseconds, 2),
                Latency = new LatencySplit(),
            },
        });
    }

    private StreamAnswer Give(StreamSpec spec, CapturedFrame captured, StreamAnswer answer)
    {
        using var span = Traces.Source.StartActivity(SpanNames.Sink);
        observers.OnAnswer(spec, answer, captured);
        return answer;
    }
}
