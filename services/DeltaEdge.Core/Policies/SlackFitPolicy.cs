using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Policies;

/// <summary>
/// SlackFit of SuperServe (NSDI 2025): when the engine frees, the slack of the most urgent group names a latency bucket, and the
/// bucket names budget and batch size, of no more than wait. The whole batch goes at that budget; if no bucket is short enough, the
/// head goes at the poorest rung. Both orders inside a bucket are here: the stronger one is the baseline. There is a table for each
/// shape of ask, made anew when the profile changes; the profile's correction scales the slack instead.
/// </summary>
public sealed class SlackFitPolicy(BucketOrder order) : IServingPolicy
{
    /// <summary>Shapes of ask that tables are kept for; with more, all are made anew.</summary>
    private const int MostShapes = 64;

    private readonly Dictionary<(int Questions, int AnswerTokens), SlackBuckets> _buckets = [];
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
        // An encoded frame has no encoding to pay for any more, which the table counts in.
        var slack = (head.Deadline - situation.Now).TotalSeconds / (profile.Correction * BatchLatency.Margin);
        if (BucketsFor(profile, head).Pick(head.FrameCached ? slack + profile.FrameSeconds : slack, situation.Queue.Length) is not { } choice)
        {
            return HeadDecision.At(situation, profile.Ladder.Count - 1);
        }

        _rung = choice.Rung;
        _batch.Begin(choice.Groups, situation.Now + TimeSpan.FromSeconds(BatchLatency.Planned(profile, _rung, choice.Groups, head)));
        return HeadDecision.At(situation, _rung);
    }

    private SlackBuckets BucketsFor(LatencyProfile profile, in PendingGroup head)
    {
        var shape = (head.Questions, head.AnswerTokens);
        if (_buckets.TryGetValue(shape, out var buckets) && buckets.IsFor(profile))
        {
            return buckets;
        }

        if (_buckets.Count >= MostShapes)
        {
            _buckets.Clear();
        }

        return _buckets[shape] = new SlackBuckets(profile, head.Questions, head.AnswerTokens, order);
    }
}
