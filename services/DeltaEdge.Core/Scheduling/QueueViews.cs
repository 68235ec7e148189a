using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Policies;

namespace DeltaEdge.Core.Scheduling;

/// <summary>Waiting groups as rules and policies see them: within the plan, above their kinds' floors. Guarded by the scheduler's lock.</summary>
/// <param name="policy">Whether the plan and the kinds' floors hold, and the least it would spend.</param>
/// <param name="plans">The plan in force.</param>
/// <param name="frameCached">Whether a frame is encoded.</param>
internal sealed class QueueViews(IServingPolicy policy, PlanHolder plans, Func<UInt128, bool> frameCached)
{
    private PendingGroup[] _before = [];

    /// <summary>The frame that is being encoded: that is in the engine's busy time, so it is as good as cached to predictions.</summary>
    public UInt128? Encoding { get; set; }

    public PendingGroup Of(WaitingGroup group, TimeSpan now)
    {
        var range = RangeOf(group.Key, group.KindFloor, now);
        return group.View(range, IsCached(group.Key.Frame), range.Ceiling < group.Key.Range.Ceiling);
    }

    /// <summary>The ask's group with it inside. Values are left out: only predictions of time look at this.</summary>
    public PendingGroup With(WaitingLine queue, PendingAsk ask, TimeSpan now)
    {
        var key = WaitingLine.KeyOf(ask);
        var group = queue.Find(key);
        var range = RangeOf(key, Math.Max(ask.Quality.Floor, group?.KindFloor ?? 1), now);
        return new(
            group is null || ask.Deadline < group.Deadline ? ask.Deadline : group.Deadline,
            range,
            IsCached(key.Frame),
            1 + (group?.Count ?? 0),
            Math.Max(ask.ExpectedTokens, group?.AnswerTokens ?? 0),
            range.Ceiling < key.Range.Ceiling);
    }

    /// <summary>The groups up to a deadline, less the ask's own. Valid until the next call.</summary>
    public ReadOnlySpan<PendingGroup> Before(WaitingLine queue, PendingAsk ask, TimeSpan deadline, TimeSpan now)
    {
        var (groups, own) = (queue.Groups, WaitingLine.KeyOf(ask));
        if (_before.Length < groups.Count)
        {
            _before = new PendingGroup[groups.Count * 2];
        }

        var count = 0;
        for (var i = 0; i < groups.Count && groups[i].Deadline <= deadline; i++)
        {
            if (groups[i].Key != own)
            {
                _before[count++] = Of(groups[i], now);
            }
        }

        return _before.AsSpan(0, count);
    }

    /// <summary>The asked range; under a policy that follows the plan, above its kinds' floors and within the plan.</summary>
    private BudgetRange RangeOf(GroupKey key, int kindFloor, TimeSpan now)
    {
        var range = key.Range;
        if (policy.FollowsPlan)
        {
            range = plans.Narrow(range with { Floor = Math.Clamp(kindFloor, range.Floor, range.Ceiling) }, key.SlaClass, now);
        }

        return range with { Floor = policy.Lowest(range) };
    }

    private bool IsCached(UInt128 frame) => frame == Encoding || frameCached(frame);
}
