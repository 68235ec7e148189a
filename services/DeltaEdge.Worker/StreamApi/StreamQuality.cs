using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Quality;
using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.Worker.Serving;

namespace DeltaEdge.Worker.StreamApi;

/// <summary>What is known of a stream's quality, for <c>GET /v1/streams/{id}</c>.</summary>
internal sealed class StreamQuality(ModelInForce models)
{
    /// <summary>The stream's status with, per question, the floor in force, the corrected accuracy by budget, and what probes found.</summary>
    public StreamStatus Show(Camera camera)
    {
        var (spec, status) = (camera.Spec, camera.Status);
        return status with { Questions = [.. status.Questions.Zip(spec.Questions, (shown, question) => Show(shown, question, spec))] };
    }

    /// <summary>Drops what probes learned of a stream that was removed.</summary>
    public void Forget(string id) => models.Current.Curves.Forget(StreamIds.KeyOf(id));

    private static Dictionary<int, double>? Probed(KindCurve curve, TokenLadder ladder, Func<int, double> figure) => curve.IsProbed
        ? Enumerable.Range(0, ladder.Count).Where(rung => curve.Probes(rung) > 0).ToDictionary(rung => ladder[rung], rung => Math.Round(figure(rung), 3))
        : null;

    private StreamQuestionStatus Show(StreamQuestionStatus shown, StreamQuestion question, StreamSpec spec)
    {
        var model = models.Current;
        var ladder = model.Engine.Ladder;
        var curve = model.Curves.CurveOf(StreamIds.KeyOf(spec.Id), question.Kind);
        return shown with
        {
            Floor = spec.Range.Clamp(ladder[curve.FloorRung]),
            Agreement = Probed(curve, ladder, curve.Agreement),
            Probes = Probed(curve, ladder, curve.Probes),
            Accuracy = ladder.Budgets.Zip(curve.Accuracy).ToDictionary(p => p.First, p => Math.Round(p.Second, 4)),
        };
    }
}
