using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Capacity;
using DeltaEdge.Core.Quality;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;
using DeltaEdge.Inference.Engine;
using DeltaEdge.Streams.Registry;
using DeltaEdge.Worker.Serving;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.StreamApi;

/// <summary>
/// Asks the capacity model whether a stream fits beside those that are here, by the latency profile as it is now. Single questions
/// of other clients do not count: they come and go, and are refused one by one when the engine is full. Nor do streams that have failed or
/// ended, which ask nothing any more; a paused one keeps its room.
/// </summary>
internal sealed class AdmissionDesk(
    StreamRegistry registry, ModelInForce models, SlaCatalog classes, IOptions<EngineOptions> engineOptions, IOptions<StreamAdmissionOptions> options)
{
    private readonly int[] _answerTokens = engineOptions.Value.EffectiveAnswerTokens(); // by kind
    private readonly AdmissionMode _mode = options.Value.Admission;
    private readonly CapacityLimits _limits = new() { Utilisation = 1 - options.Value.AdmissionHeadroom };

    /// <summary>Whether streams are judged at all when they are added or changed.</summary>
    public bool IsOpen => _mode != AdmissionMode.Off;

    /// <param name="wanted">The stream to add, or to change into.</param>
    /// <param name="changed">The stream as it is, if it is here already.</param>
    public AdmissionAnswer Judge(StreamSpec wanted, StreamSpec? changed = null)
    {
        var served = models.Current;
        var (engine, curves) = (served.Engine, served.Curves);
        var model = new AdmissionModel(engine.Profile, engine.Accuracy, _limits);
        StreamShape[] present = [.. registry.All.Where(camera => camera.Spec.Id != wanted.Id && camera.State is not (StreamState.Failed or StreamState.Ended)).Select(camera => Shape(camera.Spec, curves))];
        var shape = Shape(wanted, curves);
        var admission = model.Judge(present, shape, changed is null ? null : Shape(changed, curves));
        return new()
        {
            Admitted = admission.IsAdmitted || _mode == AdmissionMode.Warn,
            Reason = admission.Refusal,
            Warning = admission.Warning,
            Fits = admission.IsAdmitted ? null : new AdmissionAdvice(model, engine.Ladder, StreamSpecParser.MinFps).WhatFits(present, shape, PatientClasses(shape, engine.Ladder)),
            Budget = admission.Budget,
            PredictedUtilisation = Math.Round(admission.Utilisation, 3),
            FloorUtilisation = Math.Round(admission.FloorUtilisation, 3),
            PredictedP99Ms = double.IsFinite(admission.P99Seconds) ? Math.Round(1000 * admission.P99Seconds, 1) : null,
            ExpectedAccuracy = admission.Accuracy.ToImmutableSortedDictionary(kind => kind.Key.Name(), kind => Math.Round(kind.Value, 4)),
            AccuracyBasis = engine.Accuracy.Basis,
        };
    }

    /// <summary>The refusal to send for a stream that was not admitted. Waiting does not help by itself, so it names no time to try again.</summary>
    public static ApiError Refuse(AdmissionAnswer answer)
    {
        var advice = answer.Fits is { IsEmpty: false } fits
            ? $"It fits {string.Join(", or ", fits)}."
            : "No smaller version of it fits either. Remove another stream, lower its rate, or add a worker.";
        return new(StatusCodes.Status503ServiceUnavailable, $"{answer.Reason} {advice}", "server_error", null, "insufficient_capacity");
    }

    private StreamShape Shape(StreamSpec spec, CurveBook curves) => new()
    {
        FramesPerSecond = spec.Fps,
        Questions = [.. spec.Questions.Select(q => new ExpectedQuestion(q.Kind, _answerTokens[(int)q.Kind]) { Credited = [.. curves.CreditedOf(StreamIds.KeyOf(spec.Id), q.Kind)] })],
        DeadlineSeconds = spec.DeadlineMs / 1000.0,
        Range = spec.Range,
        KindFloor = spec.Questions.Max(q => curves.FloorOf(StreamIds.KeyOf(spec.Id), q.Kind)),
        Weight = (classes.Find(spec.SlaClass) ?? classes.DefaultClass).Weight,
    };

    /// <summary>The stream in each class that gives it more time.</summary>
    private IEnumerable<KeyValuePair<string, StreamShape>> PatientClasses(StreamShape shape, TokenLadder ladder)
    {
        foreach (var sla in classes.Classes.Where(c => c.DeadlineMs / 1000.0 > shape.DeadlineSeconds))
        {
            var floor = Math.Max(shape.Range.Floor, sla.RangeOn(ladder).Floor);
            yield return new(sla.Name, shape with
            {
                DeadlineSeconds = sla.DeadlineMs / 1000.0,
                Range = new(floor, Math.Max(floor, shape.Range.Ceiling)),
                Weight = sla.Weight,
            });
        }
    }
}
