using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Planning.Demand;
using DeltaEdge.Core.Questions;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Worker.Quality;
using DeltaEdge.Worker.Reporting;
using DeltaEdge.Worker.Serving;
using DeltaEdge.Worker.Tracing;

namespace DeltaEdge.Worker.Asking;

/// <summary>
/// The one way to the engine inside a worker: every ask gets its stream's quality curve, and its arrival and end are counted, for
/// metrics and for the report alike. Only agreement probes go past it; an arrival ends the one that runs.
/// </summary>
internal sealed class MeteredAsker(LoadMeter load, WorkerMetrics metrics, ProbeTurn probe, AskTraces traces)
{
    /// <summary>Asks, and says what the answer was given. The caller holds a lease of the model and has counted the arrival (<see cref="Arrived"/>).</summary>
    public async Task<(AskOutcome Outcome, AnswerInfo Info)> AskAsync(ServedModel model, AskRequest ask, CancellationToken cancellationToken)
    {
        ask = ask with { Quality = model.Curves.Of(ask.Stream, ask.Kind, ask.SlaClass) };
        var outcome = await model.Engine.AskAsync(ask, cancellationToken);
        var info = model.Infos.Of(outcome, ask);
        if (outcome.Status == AskStatus.Unreadable)
        {
            return (outcome, info); // Says nothing of any promise, as other requests that cannot be read.
        }

        var answered = outcome.Status is AskStatus.OnTime or AskStatus.Late;
        metrics.Ended(ask.SlaClass, AskOutcomes.Name(outcome.Status));
        if (outcome.Status is not (AskStatus.Cancelled or AskStatus.TooLong or AskStatus.Failed))
        {
            // How the others ended is no matter of budgets: it neither lowers quality nor tells the planner anything.
            metrics.Served(ask.SlaClass, FellShort(outcome));
            load.Finished(ask.SlaClass, info.OnTime, outcome.Budget, answered ? info.CaptureAgeMs / 1000 : null, outcome.CompletionTokens);
        }

        if (answered)
        {
            metrics.Answered(ask.SlaClass, info.CaptureAgeMs / 1000, info.OnTime, info.ExpectedAccuracy, outcome.Latency.TotalMs / 1000);
            model.Reservoir.Offer(new ProbedAnswer(ask, outcome));
        }

        traces.Ended(model.Name, ask, outcome, info);
        return (outcome, info);
    }

    /// <summary>Counts demand: a frame with a question of each of these kinds. A probe that runs gives way.</summary>
    /// <param name="model">Who will be asked: what the answers are worth.</param>
    /// <param name="stream">Key of the stream; 0 for none.</param>
    /// <param name="slaClass">Class name.</param>
    /// <param name="range">Floor and ceiling asked for.</param>
    /// <param name="kinds">One per question.</param>
    public void Arrived(ServedModel model, ulong stream, string slaClass, BudgetRange range, params ReadOnlySpan<QuestionKind> kinds)
    {
        probe.GiveWay();
        Span<double> values = stackalloc double[model.Engine.Ladder.Count];
        values.Clear();
        var floor = range.Floor;
        foreach (var kind in kinds)
        {
            floor = Math.Max(floor, model.Curves.FloorOf(stream, kind));
            var credited = model.Curves.CreditedOf(stream, kind);
            for (var rung = 0; rung < values.Length; rung++)
            {
                values[rung] += credited[rung];
            }
        }

        load.Arrived(slaClass, range with { Floor = range.Clamp(floor) }, kinds, values, frames: 1);
    }

    /// <summary>Counts a frame that was replaced by a newer one before it could be asked about: demand that was not met.</summary>
    /// <inheritdoc cref="Arrived"/>
    public void Dropped(ServedModel model, ulong stream, string slaClass, BudgetRange range, params ReadOnlySpan<QuestionKind> kinds)
    {
        Arrived(model, stream, slaClass, range, kinds);
        metrics.Ended(slaClass, "dropped", kinds.Length);
        for (var i = 0; i < kinds.Length; i++)
        {
            load.Finished(slaClass, onTime: false, budget: 0, seconds: null, tokens: 0);
        }
    }

    /// <summary>Counts a question that its stream's gate answered: no demand, and no outcome of any promise.</summary>
    public void Gated(string slaClass) => metrics.Ended(slaClass, "gated");

    private static bool FellShort(AskOutcome outcome) =>
        outcome.Status is AskStatus.Expired or AskStatus.Overloaded || outcome.DegradedReason is DegradedReason.Load or DegradedReason.Floor;
}
