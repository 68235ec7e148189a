using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Dispatch;

/// <summary>What a budget policy may look at when the engine frees: nothing else, no clock.</summary>
public readonly ref struct DispatchSituation
{
    /// <summary>Now, on the scale of the groups' deadlines.</summary>
    public required TimeSpan Now { get; init; }

    /// <summary>Waiting groups, most urgent first; the decision is for the first.</summary>
    public required ReadOnlySpan<PendingGroup> Queue { get; init; }

    public required LatencyProfile Profile { get; init; }

    /// <summary>Rows that are decoding now and share the engine with whatever is dispatched.</summary>
    public required int ActiveRows { get; init; }

    /// <summary>Seconds that those rows can be kept from decoding and all still be on time, as predicted; null if there are none.</summary>
    public double? SpareSeconds { get; init; }

    /// <summary>
    /// Whether somebody was turned away for load a moment ago: for now each token more than answers most per second is paid for with
    /// another refusal.
    /// </summary>
    public bool Pressed { get; init; }

    /// <summary>
    /// What the plan asks of each second of engine time, in weighted correct answers per second of the uncorrected profile: a
    /// richer budget that gains less is not worth it. 0 without a plan.
    /// </summary>
    public double Price { get; init; }
}
