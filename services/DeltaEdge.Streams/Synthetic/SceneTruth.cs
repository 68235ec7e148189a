using System.Collections.Immutable;

namespace DeltaEdge.Streams.Synthetic;

/// <summary>What is true about a scene at a time. Lists that a scene does not have are empty.</summary>
internal sealed record SceneTruth
{
    /// <summary>Whether something is coming, going or changing, so that an answer may be about a moment ago.</summary>
    public required bool IsChanging { get; init; }

    /// <summary>Cars that stand in the car park.</summary>
    public ImmutableArray<ParkedCar> Cars { get; init; } = [];

    /// <summary>What the panel's display shows.</summary>
    public string Digits { get; init; } = "";

    /// <summary>The panel's lamps from the left: a colour, or off.</summary>
    public ImmutableArray<string> Lamps { get; init; } = [];

    /// <summary>low, medium or high.</summary>
    public string Gauge { get; init; } = "";
}
