using DeltaEdge.Core.Budgets;

namespace DeltaEdge.Core.Sla;

/// <summary>
/// A service level: how long after capture an answer is still on time, between which budgets it may be served, and what its
/// accuracy weighs against other classes'.
/// </summary>
public sealed record SlaClass
{
    /// <summary>Bounds of a deadline, of a class as of a stream: a stream inherits its class's.</summary>
    public const int MinDeadlineMs = 10;
    public const int MaxDeadlineMs = 600_000;

    public required string Name { get; init; }

    /// <summary>Milliseconds from capture to answer.</summary>
    public required int DeadlineMs { get; init; }

    /// <summary>Floor in visual tokens.</summary>
    public int MinTokens { get; init; } = 1;

    /// <summary>Ceiling in visual tokens.</summary>
    public int MaxTokens { get; init; } = 576;

    /// <summary>Weight of this class's accuracy when the controller shares out work; the heavier class is degraded later.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>
    /// Its limits as a model serves them. They may lie between rungs or outside the ladder; a floor is a promise, so it goes up, and a
    /// ceiling down, though not below the floor.
    /// </summary>
    public BudgetRange RangeOn(TokenLadder ladder)
    {
        var floor = ladder[ladder.RungAtLeast(MinTokens)];
        return new(floor, Math.Max(floor, ladder[ladder.RungAtMost(MaxTokens)]));
    }
}
