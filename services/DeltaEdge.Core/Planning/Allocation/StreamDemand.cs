namespace DeltaEdge.Core.Planning.Allocation;

/// <summary>What one stream asks of the fleet, as the allocator weighs it.</summary>
public readonly ref struct StreamDemand
{
    /// <summary>By rung: weighted correct answers per frame.</summary>
    public required ReadOnlySpan<double> Values { get; init; }

    /// <summary>By rung: engine seconds of the visual prefix per frame.</summary>
    public required ReadOnlySpan<double> Seconds { get; init; }

    /// <summary>Frames per second.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Engine seconds per frame that no budget changes: encoding, the questions, their answers.</summary>
    public double FixedSeconds { get; init; }

    /// <summary>Rung of the ceiling.</summary>
    public required int First { get; init; }

    /// <summary>Rung of the floor, not below <see cref="First"/>.</summary>
    public required int Last { get; init; }
}
