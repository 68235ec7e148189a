using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Policies;

/// <summary>
/// SlackFit's table: even latency buckets from one group at the poorest rung to the largest batch at the richest, each with the one
/// (rung, groups) that it runs. There is a row for each number of groups that wait, with batches of no more than those: to plan for
/// sixteen when one waits would give that one the poorest rung. Made from the uncorrected profile for one shape of ask.
/// </summary>
public sealed class SlackBuckets
{
    public const int Count = 32;

    private readonly LatencyProfile _profile;
    private readonly int _questions;
    private readonly int _answerTokens;
    private readonly double _least;
    private readonly double _width;
    private readonly (int Rung, int Groups)[] _choices = new (int, int)[BatchLatency.MostGroups * Count]; // (waiting - 1, bucket)

    /// <param name="profile">Stage seconds; its correction is left out.</param>
    /// <param name="questions">Questions per frame.</param>
    /// <param name="answerTokens">Tokens per answer.</param>
    /// <param name="order">What a bucket prefers.</param>
    public SlackBuckets(LatencyProfile profile, int questions, int answerTokens, BucketOrder order)
    {
        (_profile, _questions, _answerTokens) = (profile with { Correction = 1 }, questions, answerTokens);
        var poorest = profile.Ladder.Count - 1;
        _least = Seconds(poorest, 1);
        _width = (Seconds(0, BatchLatency.MostGroups) - _least) / (Count - 1);
        for (var rung = 0; rung <= poorest; rung++)
        {
            for (var groups = 1; groups <= BatchLatency.MostGroups; groups++)
            {
                var bucket = Math.Clamp((int)Math.Ceiling((Seconds(rung, groups) - _least) / _width), 0, Count - 1);
                for (var waiting = groups; waiting <= BatchLatency.MostGroups; waiting++)
                {
                    ref var choice = ref Choice(waiting, bucket);
                    choice = Better((rung, groups), choice, order);
                }
            }
        }

        for (var waiting = 1; waiting <= BatchLatency.MostGroups; waiting++)
        {
            for (var bucket = 1; bucket < Count; bucket++)
            {
                Choice(waiting, bucket) = Better(Choice(waiting, bucket), Choice(waiting, bucket - 1), order);
            }
        }
    }

    /// <summary>Whether it holds for that profile, whatever its correction.</summary>
    public bool IsFor(LatencyProfile profile) =>
        profile.FrameSeconds.Equals(_profile.FrameSeconds)
        && profile.QuestionSeconds.Equals(_profile.QuestionSeconds)
        && profile.PrefixSeconds == _profile.PrefixSeconds
        && profile.DecodeStepSeconds == _profile.DecodeStepSeconds
        && profile.Ladder == _profile.Ladder;

    /// <summary>The choice of the last bucket that ends within the slack; null if none does.</summary>
    /// <param name="slackSeconds">Time there is, in seconds of the uncorrected profile.</param>
    /// <param name="waiting">Groups that wait, at least 1.</param>
    public (int Rung, int Groups)? Pick(double slackSeconds, int waiting) => slackSeconds < _least
        ? null
        : Choice(Math.Min(waiting, BatchLatency.MostGroups), (int)Math.Min(Count - 1, (slackSeconds - _least) / _width));

    private static (int Rung, int Groups) Better((int Rung, int Groups) one, (int Rung, int Groups) other, BucketOrder order)
    {
        if (one.Groups == 0 || other.Groups == 0)
        {
            return one.Groups == 0 ? other : one;
        }

        var bigger = one.Groups.CompareTo(other.Groups);
        var richer = other.Rung.CompareTo(one.Rung);
        var (first, second) = order == BucketOrder.Batch ? (bigger, richer) : (richer, bigger);
        return first > 0 || (first == 0 && second > 0) ? one : other;
    }

    private ref (int Rung, int Groups) Choice(int waiting, int bucket) => ref _choices[((waiting - 1) * Count) + bucket];

    private double Seconds(int rung, int groups) => BatchLatency.Seconds(_profile, rung, groups, _questions, _answerTokens);
}
