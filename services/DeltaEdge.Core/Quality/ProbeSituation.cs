namespace DeltaEdge.Core.Quality;

/// <summary>What <see cref="ProbeRule"/> looks at before it lets a probe to the engine.</summary>
public readonly record struct ProbeSituation
{
    /// <summary>Asks that wait.</summary>
    public required int QueueDepth { get; init; }

    /// <summary>Rows that decode.</summary>
    public required int ActiveRows { get; init; }

    /// <summary>Share of the last second that the engine worked, 0 to 1, probes included.</summary>
    public required double BusyRatio { get; init; }

    /// <summary>Predicted seconds of the probe, its frame not encoded.</summary>
    public required double PredictedSeconds { get; init; }

    /// <summary>Shortest deadline of any SLA class, seconds.</summary>
    public required double TightestDeadlineSeconds { get; init; }
}
