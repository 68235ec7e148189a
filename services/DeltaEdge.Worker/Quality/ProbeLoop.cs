using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Quality;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Time;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Worker.Serving;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Worker.Quality;

/// <summary>
/// Agreement probes: while the engine is idle, asks an answered question again at the model's best budget for its kind, on the same
/// frame, and teaches the <see cref="CurveBook"/> whether the answers agree. One at a time, behind everything else, cancelled by the
/// first arrival. Goes to the engine itself and not by way of the meters: a probe is neither demand nor an outcome.
/// </summary>
internal sealed partial class ProbeLoop(
    ModelInForce models, ProbeTurn turn, ProbeMetrics metrics, SlaCatalog classes, QualityOptions options, MonotonicClock clock, ILogger<ProbeLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    /// <summary>Class that probes carry through the engine's metrics; no plan knows it, so none narrows it.</summary>
    public const string SlaClass = "probe";

    /// <summary>Longer than the classes' deadlines, so that earliest deadline first puts a probe last; what has longer still cancels it by arriving.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly double _tightestSeconds = classes.Classes.Min(c => c.DeadlineMs) / 1000.0;
    private readonly BusyMeter _busy = new();

    /// <summary>One look at the engine, and one probe if it may be. Never throws for what a probe does.</summary>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        var token = turn.Begin(cancellationToken);
        using var lease = models.Take();
        var model = lease.Model;
        try
        {
            if (Find(model) is { } answer)
            {
                model.Reservoir.Remove(answer);
                await ProbeAsync(model, answer, token);
            }
        }
#pragma warning disable CA1031 // A probe that fails must not end the probes.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            metrics.Ended("failed");
            LogProbeFailed(e);
        }
        finally
        {
            turn.End();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Probes)
        {
            return;
        }

        using var timer = new PeriodicTimer(Period, clock.Provider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TickAsync(stoppingToken);
        }
    }

    private ProbedAnswer? Find(ServedModel model)
    {
        var (now, status, profile) = (clock.Now, model.Engine.Status, model.Engine.Profile);
        var busy = _busy.Read(now, status.BusySeconds);
        if (model.Reservoir.Next(now) is not { } answer)
        {
            return null;
        }

        var situation = new ProbeSituation
        {
            QueueDepth = status.QueueDepth,
            ActiveRows = status.ActiveRows,
            BusyRatio = busy,
            PredictedSeconds = profile.PredictGroup(CurveOf(model, answer).BestRung, frameCached: false, questions: 1, Math.Max(1, answer.Outcome.CompletionTokens)),
            TightestDeadlineSeconds = _tightestSeconds,
        };
        return ProbeRule.MayAsk(situation, options.ProbeShare) ? answer : null;
    }

    private async Task ProbeAsync(ServedModel model, ProbedAnswer answer, CancellationToken cancellationToken)
    {
        var curve = CurveOf(model, answer);
        if (ProbeRule.Tested(model.Engine.Ladder, curve, answer.Outcome.Budget) is not { } tested
            || await TextAtAsync(model, answer, tested, cancellationToken) is not { } text
            || await TextAtAsync(model, answer, model.Engine.Ladder[curve.BestRung], cancellationToken) is not { } best)
        {
            return;
        }

        var agrees = AnswerMatch.Same(text, best);
        model.Curves.Learn(answer.Ask.Stream, answer.Ask.Kind, tested, agrees);
        metrics.Compared(tested, answer.Ask.Kind, agrees);
    }

    /// <summary>The answer at that budget: the one there is, or a new one. Null if it did not come, which is counted.</summary>
    private async ValueTask<string?> TextAtAsync(ServedModel model, ProbedAnswer answer, int budget, CancellationToken cancellationToken)
    {
        if (budget == answer.Outcome.Budget)
        {
            return answer.Outcome.Text;
        }

        var now = clock.Now;
        var outcome = await model.Engine.AskAsync(
            answer.Ask with { Range = new BudgetRange(budget, budget), SlaClass = SlaClass, CapturedAt = now, Deadline = now + Patience, Stream = 0 }, cancellationToken);
        if (outcome.Status == AskStatus.OnTime && outcome.Budget == budget)
        {
            return outcome.Text;
        }

        metrics.Ended(outcome.Status == AskStatus.Cancelled ? "cancelled" : "failed");
        return null;
    }

    private static KindCurve CurveOf(ServedModel model, ProbedAnswer answer) => model.Curves.CurveOf(answer.Ask.Stream, answer.Ask.Kind);

    [LoggerMessage(EventName = "ProbeFailed", Level = LogLevel.Warning, Message = "An agreement probe failed; the next one follows")]
    private partial void LogProbeFailed(Exception exception);
}
