using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Streams;

namespace DeltaEdge.Streams.Lifecycle;

/// <summary>A camera as the API shows it.</summary>
internal static class StreamStatusBuilder
{
    public static StreamStatus Build(Camera camera, FrameCounts frames, string? lastError)
    {
        var spec = camera.Spec;
        return new StreamStatus
        {
            Id = spec.Id,
            State = camera.State.Name(),
            Source = spec.SourceDisplay,
            Questions = [.. spec.Questions.Select(q => new StreamQuestionStatus(q.Id, q.Text, q.Kind.Name()))],
            Fps = spec.Fps,
            SlaClass = spec.SlaClass,
            DeadlineMs = spec.DeadlineMs,
            MinTokens = spec.Range.Floor,
            MaxTokens = spec.Range.Ceiling,
            Loop = spec.Loop,
            Transport = SourceSyntax.KindOf(spec.Source) == SourceKind.Rtsp ? spec.Transport.Name() : null,
            Gate = spec.Gate,
            Rules = spec.Rules.IsEmpty ? default : spec.Rules,
            Deliver = spec.Deliver.IsEmpty ? default : [.. spec.Deliver.Select(t => t.Redacted())],
            Frames = frames,
            Rates = camera.Rates,
            Reconnects = camera.Reconnects,
            LastFrameAgeMs = camera.LastFrameAge is { } age ? Math.Round(age.TotalMilliseconds, 1) : null,
            LastError = lastError,
        };
    }
}
