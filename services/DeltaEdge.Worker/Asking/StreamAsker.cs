using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Streams;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Streams.Answers;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Lifecycle;

namespace DeltaEdge.Worker.Asking;

/// <summary>Asks a stream's questions of its frames, and puts what comes back into the stream's feed.</summary>
internal sealed class StreamAsker(MeteredAsker asker, AnswerFeeds feeds) : IFrameSink
{
    private static readonly UInt128 StreamFrames = UInt128.One << 127;

    private long _frames;

    /// <summary>Completes when every question about the frame has ended.</summary>
    public async ValueTask OnFrameAsync(StreamSpec spec, CapturedFrame captured, CancellationToken cancellationToken)
    {
        // A counter, so unique among frames; the top bit keeps it away from content keys, which clear theirs (FrameReader).
        var frame = new VisionFrame(StreamFrames | (ulong)Interlocked.Increment(ref _frames), captured.Image);
        asker.Arrived(spec.SlaClass, spec.Range, KindsOf(spec));
        var asks = new Task[spec.Questions.Length];
        for (var i = 0; i < asks.Length; i++)
        {
            asks[i] = AskAsync(spec, spec.Questions[i], captured, frame, cancellationToken);
        }

        await Task.WhenAll(asks);
    }

    public void OnFramesDropped(StreamSpec spec, int frames)
    {
        var kinds = KindsOf(spec);
        for (var i = 0; i < frames; i++)
        {
            asker.Dropped(spec.SlaClass, spec.Range, kinds);
        }
    }

    private static QuestionKind[] KindsOf(StreamSpec spec) => [.. spec.Questions.Select(q => q.Kind)];

    private async Task AskAsync(StreamSpec spec, StreamQuestion question, CapturedFrame captured, VisionFrame frame, CancellationToken cancellationToken)
    {
        var (outcome, info) = await asker.AskAsync(new AskRequest
        {
            Frame = frame,
            Question = question.Text,
            Kind = question.Kind,
            Range = spec.Range,
            SlaClass = spec.SlaClass,
            CapturedAt = captured.CapturedAt,
            Deadline = captured.CapturedAt + TimeSpan.FromMilliseconds(spec.DeadlineMs),
        }, cancellationToken);
        if (outcome.Status == AskStatus.Cancelled)
        {
            return;
        }

        feeds.Append(new StreamAnswer
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
}
