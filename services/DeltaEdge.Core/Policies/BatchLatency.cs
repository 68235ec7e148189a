using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Policies;

/// <summary>
/// L[b][n] of the serving literature from our stage profile: seconds to answer a batch of n groups, all at one budget. Frames,
/// visual prefixes and questions are run one after the other, so they add up; decode steps are shared by all rows of the batch.
/// </summary>
public static class BatchLatency
{
    /// <summary>Largest batch that the batching policies plan with, groups.</summary>
    public const int MostGroups = 16;

    /// <summary>
    /// Planned over predicted seconds. The papers plan with the 99th percentile, the profile holds what is typical; this is the
    /// margin that <see cref="SlackPolicy"/> takes as well.
    /// </summary>
    public const double Margin = 1.15;

    /// <summary>Predicted seconds of a batch.</summary>
    /// <param name="profile">Stage seconds of the worker.</param>
    /// <param name="rung">Rung of the profile's ladder.</param>
    /// <param name="groups">Groups in the batch, each about a frame of its own; at least 1.</param>
    /// <param name="questions">Questions per frame.</param>
    /// <param name="answerTokens">Tokens per answer.</param>
    public static double Seconds(LatencyProfile profile, int rung, int groups, int questions = 1, int answerTokens = 1)
    {
        var prefill = groups * (profile.FrameSeconds + profile.PrefixSeconds[rung] + (questions * profile.QuestionSeconds));
        return (prefill + (answerTokens * profile.DecodeStep(groups * questions))) * profile.Correction;
    }

    /// <summary>Seconds, margin included, to plan with for a batch of groups like <paramref name="head"/>, whose frame may be encoded already.</summary>
    public static double Planned(LatencyProfile profile, int rung, int groups, in PendingGroup head)
    {
        var seconds = Seconds(profile, rung, groups, head.Questions, head.AnswerTokens);
        return Margin * (head.FrameCached ? seconds - (profile.FrameSeconds * profile.Correction) : seconds);
    }

    /// <summary>Largest batch, at most <see cref="MostGroups"/>, that takes less than <paramref name="seconds"/>, margin included; 0 if not even one group does.</summary>
    public static int LargestWithin(LatencyProfile profile, int rung, double seconds, int questions, int answerTokens)
    {
        var groups = MostGroups;
        while (groups > 0 && Margin * Seconds(profile, rung, groups, questions, answerTokens) >= seconds)
        {
            groups--;
        }

        return groups;
    }
}
