namespace DeltaEdge.Core.Placement;

/// <summary>How eagerly streams are taken and given away.</summary>
public sealed record PlacementRules
{
    /// <summary>Share of its fair share that a worker may have beyond it before streams are kept off it or moved away, 0 or more.</summary>
    public double Margin { get; init; } = 0.25;

    /// <summary>After this long without an owner a stream may be claimed by its second choice, after twice as long by its third, …</summary>
    public TimeSpan NextChoiceAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Streams move only when no worker has come, gone or begun to drain for this long.</summary>
    public TimeSpan StableFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most streams that a worker gives away in one decision.</summary>
    public int MovesAtOnce { get; init; } = 1;
}
