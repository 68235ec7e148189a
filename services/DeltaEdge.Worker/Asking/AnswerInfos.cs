using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Quality;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Sla;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.Worker.Asking;

/// <summary>Says of an outcome what it was given: the <c>deltaedge</c> object of API answers and stream answers alike.</summary>
internal sealed class AnswerInfos(IVisionEngine engine, CurveBook curves, string workerId)
{
    private readonly string _correctedBasis = $"{engine.Accuracy.Basis}; corrected by agreement probes on this stream";

    /// <summary>For a program that neither probes nor keeps floors.</summary>
    public AnswerInfos(IVisionEngine engine, string workerId)
        : this(engine, new CurveBook(engine.Ladder, engine.Accuracy, SlaCatalog.Default, maxLoss: 0), workerId)
    {
    }

    public AnswerInfo Of(AskOutcome outcome, AskRequest ask) => new()
    {
        Budget = outcome.Budget,
        ImageTokens = outcome.Budget,
        FullBudget = engine.Ladder.Largest,
        Floor = ask.Range.Clamp(ask.Quality?.Floor ?? ask.Range.Floor),
        QuestionKind = ask.Kind.Name(),
        ExpectedAccuracy = outcome.Budget == 0 ? 0 : Math.Round(curves.Expected(ask.Stream, ask.Kind, outcome.Budget), 4),
        AccuracyBasis = curves.CurveOf(ask.Stream, ask.Kind).IsProbed ? _correctedBasis : engine.Accuracy.Basis,
        DegradedReason = outcome.DegradedReason.ToString().ToLowerInvariant(),
        SlaClass = ask.SlaClass,
        DeadlineMs = (int)Math.Round((ask.Deadline - ask.CapturedAt).TotalMilliseconds),
        CaptureAgeMs = Math.Round((outcome.FinishedAt - ask.CapturedAt).TotalMilliseconds, 2),
        OnTime = outcome.Status == AskStatus.OnTime,
        Latency = Rounded(outcome.Latency),
        Worker = workerId,
    };

    private static LatencySplit Rounded(LatencySplit split) => new()
    {
        QueueMs = Math.Round(split.QueueMs, 2),
        EncodeMs = Math.Round(split.EncodeMs, 2),
        ProjectMs = Math.Round(split.ProjectMs, 2),
        PrefillMs = Math.Round(split.PrefillMs, 2),
        DecodeMs = Math.Round(split.DecodeMs, 2),
        TotalMs = Math.Round(split.TotalMs, 2),
    };
}
