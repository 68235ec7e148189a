using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Scheduling;

/// <summary>What a group brings and takes at the budget of its range that answers most per second of engine time.</summary>
/// <param name="Value">Weighted correct answers expected.</param>
/// <param name="Seconds">Engine time, as predicted with decode steps of its own: counting on shared ones lets so many stay that no time is left to gather rows.</param>
public readonly record struct GroupWorth(double Value, double Seconds)
{
    /// <summary>Weighted correct answers per second.</summary>
    public double Density => Value / Seconds;

    public static GroupWorth Of(LatencyProfile profile, in PendingGroup group)
    {
        var ladder = profile.Ladder;
        var last = ladder.RungAtLeast(group.Range.Floor);
        var first = Math.Min(last, ladder.RungAtMost(group.Range.Ceiling));
        var beside = profile.PredictBesidePrefix(group.FrameCached, group.Questions, group.AnswerTokens);
        var best = default(GroupWorth);
        for (var rung = last; rung >= first; rung--)
        {
            var worth = new GroupWorth(group.Values![rung], beside + profile.PredictPrefix(rung));
            best = rung == last || worth.Density > best.Density ? worth : best;
        }

        return best;
    }
}
