namespace DeltaEdge.Core.Dispatch;

/// <summary>
/// Spends the largest budget at which the whole waiting queue, served in deadline order at that budget, is predicted to be on
/// time. It looks past the head's own slack, so that one frame's riches never make the next one late.
/// </summary>
/// <param name="safety">Predicted seconds are multiplied by this before they are held against a deadline.</param>
/// <param name="lookahead">Waiting groups that are considered; bounds the decision's cost.</param>
public sealed class SlackPolicy(double safety = 1.15, int lookahead = 64) : IBudgetPolicy
{
    public const string PolicyName = "slack";

    public string Name => PolicyName;

    public BudgetDecision Choose(in DispatchSituation situation)
    {
        var profile = situation.Profile;
        var ladder = profile.Ladder;
        var head = situation.Queue[0];
        var first = ladder.RungAtMost(head.Range.Ceiling);
        var last = Math.Max(first, ladder.RungAtLeast(head.Range.Floor));
        if (HopelessAtFloor(situation, head))
        {
            return Decide(situation, last, DegradedReason.Floor);
        }

        for (var rung = first; rung <= last; rung++)
        {
            if (AllOnTime(situation, ladder[rung]))
            {
                return Decide(situation, rung, rung > first ? DegradedReason.Load : CeilingReason(ladder[rung], ladder.Largest));
            }
        }

        return Decide(situation, last, DegradedReason.Load);
    }

    private static DegradedReason CeilingReason(int budget, int largest) => budget == largest ? DegradedReason.None : DegradedReason.Class;

    private static BudgetDecision Decide(in DispatchSituation situation, int rung, DegradedReason reason)
    {
        var head = situation.Queue[0];
        var predicted = situation.Profile.PredictGroup(rung, head.FrameCached, head.Questions, head.AnswerTokens);
        return new(situation.Profile.Ladder[rung], reason, predicted);
    }

    private bool AllOnTime(in DispatchSituation situation, int budget)
    {
        var ladder = situation.Profile.Ladder;
        var finish = situation.Now.TotalSeconds;
        var groups = Math.Min(lookahead, situation.Queue.Length);
        for (var i = 0; i < groups; i++)
        {
            ref readonly var group = ref situation.Queue[i];
            var rung = ladder.RungAtMost(group.Range.Clamp(budget));
            finish += safety * situation.Profile.PredictGroup(rung, group.FrameCached, group.Questions, group.AnswerTokens);
            if (finish > group.Deadline.TotalSeconds && !HopelessAtFloor(situation, group))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A group that no budget can bring in on time must not drag the others down with it.</summary>
    private static bool HopelessAtFloor(in DispatchSituation situation, in PendingGroup group)
    {
        var floor = situation.Profile.Ladder.RungAtLeast(group.Range.Floor);
        var soonest = situation.Now.TotalSeconds + situation.Profile.PredictGroup(floor, group.FrameCached, group.Questions, group.AnswerTokens);
        return soonest > group.Deadline.TotalSeconds;
    }
}
