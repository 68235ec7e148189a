namespace DeltaEdge.Core.Capacity;

/// <summary>How far predictions may go.</summary>
public sealed record CapacityLimits
{
    /// <summary>Most of the engine's time that may be given away, 0 to 1.</summary>
    public double Utilisation { get; init; } = 0.95;

    /// <summary>Share of frames that must be answered inside their deadline.</summary>
    public double Attainment { get; init; } = 0.99;

    /// <summary>Service time of the tail over the profile's, which holds medians: the margin that the fast loop takes as well.</summary>
    public double TailMargin { get; init; } = 1.15;
}
