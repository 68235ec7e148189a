using DeltaEdge.Core.Dispatch;

namespace DeltaEdge.Core.Policies;

/// <summary>
/// SlackFit of SuperServe (NSDI 2025): when the engine frees, the slack of the most urgent group names a latency bucket, and the
/// bucket names budget and batch size. The whole batch, as far as so many wait, goes at that budget; if no bucket is short enough,
/// the poorest rung. Both orders inside a bucket are here: the stronger one is the baseline. The table is made anew when the profile
/// or the shape of the asks changes; the profile's correction scales the slack instead.
/// </summary>
public sealed class SlackFitPolicy(BucketOrder order) : IServingPolicy
{
    private SlackBuckets? _buckets;
    private BatchInProgress _batch;
    private int _rung;

    public string Name => order == BucketOrder.Batch ? "slackfit-batch" : "slackfit-budget";

    public BudgetDecision Choose(in DispatchSituation situation)
    {
        if (_batch.TakesNext(situation.Now))
        {
            return HeadDecision.At(situation, _rung);
        }

        var (profile, head) = (situation.Profile, situation.Queue[0]);
        if (_buckets?.IsFor(profile, head.Questions, head.AnswerTokens) != true)
        {
            _buckets = new SlackBuckets(profile, head.Questions, head.AnswerTokens, order);
        }

        // An encoded frame has no encoding to pay for any more, which the table counts in.
        var slack = (head.Deadline - situation.Now).TotalSeconds / (profile.Correction * BatchLatency.Margin);
        if (_buckets.Pick(head.FrameCached ? slack + profile.FrameSeconds : slack) is not { } choice)
        {
            return HeadDecision.At(situation, profile.Ladder.Count - 1);
        }

        _rung = choice.Rung;
        var groups = Math.Min(choice.Groups, situation.Queue.Length);
        _batch.Begin(groups, situation.Now + TimeSpan.FromSeconds(BatchLatency.Planned(profile, _rung, groups, head)));
        return HeadDecision.At(situation, _rung);
    }
}
