using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Capacity;

/// <summary>What a stream asks of a worker: its rate, its questions, and the promise made to it.</summary>
public sealed record StreamShape
{
    public required double FramesPerSecond { get; init; }

    /// <summary>Asked of every frame; at least one.</summary>
    public required ImmutableArray<ExpectedQuestion> Questions { get; init; }

    /// <summary>Seconds from capture to answer.</summary>
    public required double DeadlineSeconds { get; init; }

    /// <summary>Floor and ceiling asked for, in visual tokens.</summary>
    public required BudgetRange Range { get; init; }

    /// <summary>Floor that its question kinds have by themselves, in visual tokens; holds as far as the ceiling allows.</summary>
    public int KindFloor { get; init; } = 1;

    /// <summary>What its accuracy weighs against other streams'.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Rung of the ceiling; not below <see cref="LastRung"/>, because a floor is a promise.</summary>
    public int FirstRung(TokenLadder ladder) => Math.Min(LastRung(ladder), ladder.RungAtMost(Range.Ceiling));

    /// <summary>Rung of the floor.</summary>
    public int LastRung(TokenLadder ladder) => ladder.RungAtLeast(Range.Clamp(KindFloor));

    /// <summary>
    /// Predicted seconds of the engine for one frame and all its questions, alone: the frame, the visual prefix, each question's
    /// prefill, and decode steps over the answers that still run.
    /// </summary>
    public double Seconds(LatencyProfile profile, int rung)
    {
        var seconds = profile.FrameSeconds + profile.PrefixSeconds[rung] + (Questions.Length * profile.QuestionSeconds);
        for (var step = 1; Running(step) is > 0 and var rows; step++)
        {
            seconds += DecodeStep(profile, rows);
        }

        return seconds * profile.Correction;
    }

    /// <summary>Expected right answers per frame, 0 to the number of questions.</summary>
    public double Value(AccuracyProfile accuracy, int budget)
    {
        var sum = 0d;
        foreach (var question in Questions)
        {
            sum += accuracy.Expected(budget, question.Kind);
        }

        return sum;
    }

    private int Running(int step)
    {
        var rows = 0;
        foreach (var question in Questions)
        {
            rows += question.AnswerTokens >= step ? 1 : 0;
        }

        return rows;
    }

    /// <summary>More rows than were measured decode in turns.</summary>
    private static double DecodeStep(LatencyProfile profile, int rows)
    {
        var most = 1 << (profile.DecodeStepSeconds.Length - 1);
        var (turns, rest) = Math.DivRem(rows, most);
        return (turns * profile.DecodeStep(most)) + (rest > 0 ? profile.DecodeStep(rest) : 0);
    }
}
