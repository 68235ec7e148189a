namespace DeltaEdge.Core.Rules;

/// <summary>When answers to a stream's question are an event. Written as in the API.</summary>
public sealed record RuleSpec
{
    /// <summary>Stable name within the stream.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the question whose answers it looks at.</summary>
    public required string Question { get; init; }

    public required RuleCondition When { get; init; }

    /// <summary>Answers in a row that the condition must hold for.</summary>
    public int ForFrames { get; init; } = 1;

    /// <summary>Shortest time from one firing to the next, milliseconds.</summary>
    public int DebounceMs { get; init; }

    /// <summary>Whether the event carries the frame.</summary>
    public bool Evidence { get; init; } = true;

    /// <summary>Whether upper and lower case differ in comparisons and expressions.</summary>
    public bool CaseSensitive { get; init; }

    /// <summary>Length of the stretches of capture time that hold one firing: the debounce time; where there is none, the finest time that keys tell apart.</summary>
    internal int BucketMs => Math.Max(1, DebounceMs);

    /// <summary>
    /// The same for every report of the same firing, whoever makes it. A firing is at least a bucket from the one before, whichever way
    /// time went, so the two never share one.
    /// </summary>
    public string DedupeKey(string streamId, DateTimeOffset capturedAt) =>
        $"{streamId}:{Id}:{capturedAt.ToUnixTimeMilliseconds() / BucketMs}";
}
