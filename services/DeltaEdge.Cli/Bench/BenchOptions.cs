namespace DeltaEdge.Cli.Bench;

/// <summary>What the command line of <c>deltaedge bench</c> said.</summary>
internal sealed record BenchOptions
{
    /// <summary>Gateway of a running system; null starts one per run.</summary>
    public string? Url { get; init; }

    /// <summary>Workers of a cluster of processes to start per run; null starts an embedded system.</summary>
    public int? Workers { get; init; }

    /// <summary>Model package of embedded runs; null is the one that ships.</summary>
    public string? Model { get; init; }

    public required string[] Workloads { get; init; }

    public required string[] Policies { get; init; }

    public required int Seeds { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Load 1 in asks per second; null asks the system for its profile.</summary>
    public double? Capacity { get; init; }

    /// <summary>CSV of per-second rates.</summary>
    public string? Rates { get; init; }

    public required double Scale { get; init; }

    /// <summary>Folder of graded frames; null is the model's own.</summary>
    public string? Frames { get; init; }

    /// <summary>Simulate every run's twin and set the two beside each other.</summary>
    public required bool Twins { get; init; }

    public required string Output { get; init; }
}
