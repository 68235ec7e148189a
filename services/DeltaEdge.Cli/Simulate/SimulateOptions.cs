namespace DeltaEdge.Cli.Simulate;

/// <summary>What <c>deltaedge simulate</c> was told.</summary>
internal sealed record SimulateOptions
{
    public required string[] Workloads { get; init; }

    public required string[] Policies { get; init; }

    public required int Workers { get; init; }

    /// <summary>For fleet-scale runs: as many streams, each asking one question of each frame. Null runs the workloads as they are.</summary>
    public required int? Streams { get; init; }

    /// <summary>Frames per second of each of those streams.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Load of workloads whose name says none; null keeps theirs.</summary>
    public required double? Rho { get; init; }

    public required string Profile { get; init; }

    public required string? Model { get; init; }

    public required int Seeds { get; init; }

    public required double Seconds { get; init; }

    public required double Noise { get; init; }

    public required bool Oracle { get; init; }

    /// <summary>Milliseconds between the controller's plans; null for the default of the fleet's size.</summary>
    public required int? PeriodMs { get; init; }

    public required string Output { get; init; }
}
