namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>What became of one question about an image.</summary>
internal sealed record AskResult
{
    /// <summary>When it was due, from the load's begin.</summary>
    public required TimeSpan Due { get; init; }

    /// <summary>From when it was due to the last byte.</summary>
    public required double LatencyMs { get; init; }

    /// <summary>HTTP status; 0 if there was no response.</summary>
    public required int Status { get; init; }

    public required string SlaClass { get; init; }

    public string? RetryAfter { get; init; }

    /// <summary>Visual tokens; 0 without an answer.</summary>
    public int Budget { get; init; }

    public int DeadlineMs { get; init; }

    public double CaptureAgeMs { get; init; }

    /// <summary>Whether the answer calls itself on time.</summary>
    public bool OnTime { get; init; }

    public string? Worker { get; init; }

    /// <summary>Name of the model that answered.</summary>
    public string? Model { get; init; }

    /// <summary>Body of a refusal, or why there was no response.</summary>
    public string? Problem { get; init; }
}
