using DeltaEdge.Core.Dispatch;

namespace DeltaEdge.Core.Policies;

/// <summary>From the rung that a policy would like to the decision that the head group's range allows.</summary>
internal static class HeadDecision
{
    /// <summary>The nearest rung to <paramref name="rung"/> inside the head's range; the floor wins where the range has none.</summary>
    public static int Within(in DispatchSituation situation, int rung)
    {
        var ladder = situation.Profile.Ladder;
        var range = situation.Queue[0].Range;
        var poorest = ladder.RungAtLeast(range.Floor);
        return Math.Clamp(rung, Math.Min(poorest, ladder.RungAtMost(range.Ceiling)), poorest);
    }

    /// <summary>Spends that rung, clamped, and says why it is not the largest.</summary>
    public static BudgetDecision At(in DispatchSituation situation, int rung, TimeSpan? holdUntil = null)
    {
        var (ladder, head) = (situation.Profile.Ladder, situation.Queue[0]);
        var spent = Within(situation, rung);
        var predicted = situation.Profile.PredictGroup(spent, head.FrameCached, head.Questions, head.AnswerTokens, situation.ActiveRows);
        var late = predicted > (head.Deadline - situation.Now).TotalSeconds;
        var reason = spent == 0 ? DegradedReason.None
            : late && spent == Within(situation, ladder.Count - 1) ? DegradedReason.Floor
            : spent == Within(situation, 0) && !head.Planned ? DegradedReason.Class
            : DegradedReason.Load;
        return new(ladder[spent], reason, predicted, holdUntil);
    }
}
