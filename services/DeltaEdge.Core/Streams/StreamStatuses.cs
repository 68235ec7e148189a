using DeltaEdge.Core.Questions;

namespace DeltaEdge.Core.Streams;

/// <summary>Streams as the API shows them: what is known of one from its spec alone.</summary>
public static class StreamStatuses
{
    /// <summary>No worker owns the stream now; one takes it over as soon as it can.</summary>
    public const string Unassigned = "unassigned";

    /// <summary>A worker owns the stream and does not answer.</summary>
    public const string Unreachable = "unreachable";

    /// <param name="spec">The stream.</param>
    /// <param name="state">Wire name of its state.</param>
    /// <param name="lastError">Why; holds no credentials.</param>
    public static StreamStatus Of(StreamSpec spec, string state, string? lastError) => new()
    {
        Id = spec.Id,
        State = state,
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
        Frames = new FrameCounts(0, 0, 0, 0),
        Rates = new StreamRates(0, 0),
        Reconnects = 0,
        LastError = lastError,
    };

    /// <summary>A stream whose spec does not read here, because a class, a budget or a field that it names is not known.</summary>
    public static StreamStatus Unreadable(string id, string state, string? lastError) => new()
    {
        Id = id,
        State = state,
        Source = "",
        Questions = [],
        Fps = 0,
        SlaClass = "",
        DeadlineMs = 0,
        MinTokens = 0,
        MaxTokens = 0,
        Loop = false,
        Frames = new FrameCounts(0, 0, 0, 0),
        Rates = new StreamRates(0, 0),
        Reconnects = 0,
        LastError = lastError,
    };
}
