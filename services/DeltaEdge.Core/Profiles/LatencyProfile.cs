using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;

namespace DeltaEdge.Core.Profiles;

/// <summary>
/// Measured seconds of each stage on one worker. An ask costs its frame's share (encode, projector memory: once per frame), its
/// visual prefix (project and prefill of K tokens: once per frame and budget), its question's prefill, and its decode steps.
/// </summary>
public sealed record LatencyProfile
{
    /// <summary>Rows that a busy engine gathers before a decode step (see <c>StepRule</c>).</summary>
    public const int GatheredRows = 8;

    /// <summary>Rows that predictions of a queue expect to share a decode step: fewer than are gathered at best.</summary>
    private const int ExpectedRows = 4;

    public required TokenLadder Ladder { get; init; }

    /// <summary>Preprocess, encode and projector memory of one frame, seconds.</summary>
    public required double FrameSeconds { get; init; }

    /// <summary>By rung: projector query and prefill of the visual prefix, seconds.</summary>
    public required ImmutableArray<double> PrefixSeconds { get; init; }

    /// <summary>Prefill of a typical question on a cached prefix, seconds.</summary>
    public required double QuestionSeconds { get; init; }

    /// <summary>One decode step at batch sizes 1, 2, 4, 8, …, seconds.</summary>
    public required ImmutableArray<double> DecodeStepSeconds { get; init; }

    /// <summary>Online correction: observed over predicted, smoothed. 1 when the profile is right.</summary>
    public double Correction { get; init; } = 1;

    /// <summary>Seconds of one decode step over <paramref name="batch"/> active rows (rounded up to the next measured size).</summary>
    public double DecodeStep(int batch)
    {
        var index = 0;
        while (index < DecodeStepSeconds.Length - 1 && (1 << index) < batch)
        {
            index++;
        }

        return DecodeStepSeconds[index];
    }

    /// <summary>Seconds of engine time that a group's rows take of each decode step while others wait and share it.</summary>
    /// <param name="questions">Rows of the group.</param>
    public double DecodeShare(int questions) =>
        questions >= ExpectedRows ? DecodeStep(questions) : DecodeStep(ExpectedRows) * questions / ExpectedRows;

    /// <summary>Predicted seconds to answer a group of questions about one frame at one rung of the ladder.</summary>
    /// <param name="rung">Rung of <see cref="Ladder"/>.</param>
    /// <param name="frameCached">Whether the frame is already encoded.</param>
    /// <param name="questions">Questions asked of the frame.</param>
    /// <param name="answerTokens">Expected tokens per answer.</param>
    /// <param name="activeRows">Rows that decode already and will share its decode steps.</param>
    public double PredictGroup(int rung, bool frameCached, int questions, int answerTokens, int activeRows = 0) =>
        PredictBesidePrefix(frameCached, questions, answerTokens, activeRows) + PredictPrefix(rung);

    /// <summary>The part of <see cref="PredictGroup"/> that depends on the budget, seconds.</summary>
    public double PredictPrefix(int rung) => PrefixSeconds[rung] * Correction;

    /// <summary>The part of <see cref="PredictGroup"/> that does not, seconds.</summary>
    public double PredictBesidePrefix(bool frameCached, int questions, int answerTokens, int activeRows = 0) =>
        ((frameCached ? 0 : FrameSeconds) + (questions * QuestionSeconds) + (answerTokens * DecodeStep(questions + activeRows))) * Correction;
}
