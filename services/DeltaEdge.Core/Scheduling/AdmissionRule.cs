using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Scheduling;

/// <summary>Predicts the work in front of an ask if everything before it gets only its floor. Pure.</summary>
public static class AdmissionRule
{
    /// <summary>Predicted seconds of a group at its floor.</summary>
    public static double AtFloor(LatencyProfile profile, in PendingGroup group) =>
        profile.PredictGroup(profile.Ladder.RungAtLeast(group.Range.Floor), group.FrameCached, group.Questions, group.AnswerTokens);

    /// <summary>True if no budget is predicted to bring the group in on time from <paramref name="now"/> on.</summary>
    public static bool IsHopeless(LatencyProfile profile, in PendingGroup group, TimeSpan now) =>
        now.TotalSeconds + AtFloor(profile, group) > group.Deadline.TotalSeconds;

    /// <summary>
    /// Seconds from now until an ask would be answered at its floor: what the engine is busy with, the groups of earlier or equal
    /// deadline, and its own group with it inside.
    /// </summary>
    /// <param name="profile">Seconds of each stage.</param>
    /// <param name="busySeconds">Until the running step and the active rows are through.</param>
    /// <param name="before">Groups in front of the ask's own, in any order.</param>
    /// <param name="own">Its group, the ask counted in.</param>
    public static double FinishSeconds(LatencyProfile profile, double busySeconds, ReadOnlySpan<PendingGroup> before, in PendingGroup own)
    {
        var seconds = busySeconds + AtFloor(profile, own);
        foreach (ref readonly var group in before)
        {
            seconds += AtFloor(profile, group);
        }

        return seconds;
    }
}
