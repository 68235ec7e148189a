using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Questions;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.Worker.Asking;

/// <summary>Says of an outcome what it was given: the <c>deltaedge</c> object of API answers and stream answers alike.</summary>
internal sealed class AnswerInfos(IVisionEngine engine, string workerId)
{
    public AnswerInfo Of(AskOutcome outcome, AskRequest ask) => new()
    {
        Budget = outcome.Budget,
        ImageTokens = outcome.Budget,
        FullBudget = engine.Ladder.Largest,
        QuestionKind = ask.Kind.Name(),
        ExpectedAccuracy = outcome.Budget == 0 ? 0 : Math.Round(engine.Accuracy.Expected(outcome.Budget, ask.Kind), 4),
        AccuracyBasis = engine.Accuracy.Basis,
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
