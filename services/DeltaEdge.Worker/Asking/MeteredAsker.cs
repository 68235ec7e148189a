using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Worker.Reporting;

namespace DeltaEdge.Worker.Asking;

/// <summary>The one way to the engine inside a worker: every ask's arrival and end is counted, for metrics and for the report alike.</summary>
internal sealed class MeteredAsker(IVisionEngine engine, AnswerInfos infos, LoadMeter load, WorkerMetrics metrics)
{
    /// <summary>Asks, and says what the answer was given. The caller has counted the arrival (<see cref="Arrived"/>).</summary>
    public async Task<(AskOutcome Outcome, AnswerInfo Info)> AskAsync(AskRequest ask, CancellationToken cancellationToken)
    {
        var outcome = await engine.AskAsync(ask, cancellationToken);
        var info = infos.Of(outcome, ask);
        var answered = outcome.Status is AskStatus.OnTime or AskStatus.Late;
        metrics.Ended(ask.SlaClass, AskOutcomes.Name(outcome.Status));
        load.Finished(ask.SlaClass, info.OnTime, outcome.Budget, answered ? info.CaptureAgeMs / 1000 : null, outcome.CompletionTokens);
        if (answered)
        {
            metrics.Answered(ask.SlaClass, info.CaptureAgeMs / 1000, info.OnTime, info.ExpectedAccuracy, outcome.Latency.TotalMs / 1000);
        }

        return (outcome, info);
    }

    /// <summary>Counts demand: a frame with a question of each of these kinds.</summary>
    public void Arrived(string slaClass, BudgetRange range, params ReadOnlySpan<QuestionKind> kinds)
    {
        var ladder = engine.Ladder;
        Span<double> values = stackalloc double[ladder.Count];
        for (var rung = 0; rung < values.Length; rung++)
        {
            values[rung] = 0;
            foreach (var kind in kinds)
            {
                values[rung] += engine.Accuracy.Expected(ladder[rung], kind);
            }
        }

        load.Arrived(slaClass, range, kinds, values, frames: 1);
    }

    /// <summary>Counts a frame that was replaced by a newer one before it could be asked about: demand that was not met.</summary>
    public void Dropped(string slaClass, BudgetRange range, params ReadOnlySpan<QuestionKind> kinds)
    {
        Arrived(slaClass, range, kinds);
        metrics.Ended(slaClass, "dropped", kinds.Length);
        for (var i = 0; i < kinds.Length; i++)
        {
            load.Finished(slaClass, onTime: false, budget: 0, seconds: null, tokens: 0);
        }
    }
}
