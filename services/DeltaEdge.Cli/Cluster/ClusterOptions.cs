namespace DeltaEdge.Cli.Cluster;

/// <summary>What a cluster on this machine consists of.</summary>
internal sealed record ClusterOptions
{
    /// <summary>Most processes of one role.</summary>
    public const int MostOfARole = 16;

    /// <summary>Folder of the model package.</summary>
    public required string Model { get; init; }

    /// <summary>Folder for a log per process; created.</summary>
    public required string Folder { get; init; }

    public int Workers { get; init; } = 2;

    public int Gateways { get; init; } = 2;

    /// <summary>One leads, the others stand by.</summary>
    public int Controllers { get; init; } = 1;

    /// <summary>Port of the first gateway; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Connection string of a Redis that runs already; null starts one.</summary>
    public string? Redis { get; init; }

    /// <summary>Settings of every process over the defaults, by key: <c>DeltaEdge:Fabric:ReportTtlMs</c> and the like.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
