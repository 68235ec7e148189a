using DeltaEdge.Core.Dispatch;

namespace DeltaEdge.Core.Policies;

/// <summary>
/// Spends the largest budget at which the whole waiting queue, served in deadline order at that budget, is predicted to be on
/// time. It looks past the head's own slack, so that one frame's riches never make the next one late.
/// </summary>
/// <param name="safety">Predicted seconds are multiplied by this before they are held against a deadline.</param>
/// <param name="lookahead">Waiting groups that are considered, at most 256; bounds the decision's cost.</param>
public sealed class SlackPolicy(double safety = 1.15, int lookahead = 64) : IServingPolicy
{
    public const string PolicyName = "slack";

    private const int MostLookahead = 256;

    public string Name => PolicyName;

    public bool FollowsPlan => true;

    public DoorRule Door => DoorRule.Predicted;

    public BudgetDecision Choose(in DispatchSituation situation)
    {
        var ladder = situation.Profile.Ladder;
        var count = Math.Min(Math.Min(lookahead, MostLookahead), situation.Queue.Length);
        Span<Candidate> candidates = stackalloc Candidate[count];
        for (var i = 0; i < count; i++)
        {
            candidates[i] = Weigh(situation, situation.Queue[i]);
        }

        ref readonly var head = ref candidates[0];
        if (head.Hopeless)
        {
            return Decide(situation, head, head.Last, DegradedReason.Floor);
        }

        for (var rung = head.First; rung < head.Last && !situation.Pressed; rung++)
        {
            if (AllOnTime(situation, candidates, rung))
            {
                return Decide(situation, head, rung, rung > head.First ? DegradedReason.Load : CeilingReason(situation.Queue[0], ladder[rung], ladder.Largest));
            }
        }

        var reason = head.First == head.Last ? CeilingReason(situation.Queue[0], ladder[head.Last], ladder.Largest) : DegradedReason.Load;
        return Decide(situation, head, head.Last, reason);
    }

    private static DegradedReason CeilingReason(in PendingGroup group, int budget, int largest) =>
        budget == largest ? DegradedReason.None : group.Planned ? DegradedReason.Load : DegradedReason.Class;

    private static BudgetDecision Decide(in DispatchSituation situation, in Candidate head, int rung, DegradedReason reason) =>
        new(situation.Profile.Ladder[rung], reason, head.BesidePrefix + situation.Profile.PredictPrefix(rung));

    /// <summary>A group that no budget can bring in on time must not drag the others down with it: it counts at its floor, and may be late.</summary>
    private static Candidate Weigh(in DispatchSituation situation, in PendingGroup group)
    {
        var (profile, ladder) = (situation.Profile, situation.Profile.Ladder);
        var last = ladder.RungAtLeast(group.Range.Floor);
        var first = Math.Min(last, ladder.RungAtMost(group.Range.Ceiling));
        var beside = profile.PredictBesidePrefix(group.FrameCached, group.Questions, group.AnswerTokens, situation.ActiveRows);
        var slack = (group.Deadline - situation.Now).TotalSeconds;
        return new(slack, beside, first, last, beside + profile.PredictPrefix(last) > slack);
    }

    private bool AllOnTime(in DispatchSituation situation, ReadOnlySpan<Candidate> candidates, int rung)
    {
        var finish = 0d;
        foreach (ref readonly var candidate in candidates)
        {
            var at = candidate.Hopeless ? candidate.Last : Math.Clamp(rung, candidate.First, candidate.Last);
            finish += safety * (candidate.BesidePrefix + situation.Profile.PredictPrefix(at));
            if (finish > candidate.Slack && !candidate.Hopeless)
            {
                return false;
            }
        }

        return true;
    }

    /// <param name="Slack">Seconds until its deadline.</param>
    /// <param name="BesidePrefix">Predicted seconds of all that does not depend on the budget.</param>
    /// <param name="First">Rung of its ceiling.</param>
    /// <param name="Last">Rung of its floor; not below <paramref name="First"/>.</param>
    /// <param name="Hopeless">Whether it would be late even if it were served now at its floor.</param>
    private readonly record struct Candidate(double Slack, double BesidePrefix, int First, int Last, bool Hopeless);
}
