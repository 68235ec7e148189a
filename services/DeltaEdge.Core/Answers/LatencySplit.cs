namespace DeltaEdge.Core.Answers;

/// <summary>Where an answer's time went, milliseconds. A stage that was shared with other questions counts in full; 0 if it was reused.</summary>
public sealed record LatencySplit
{
    /// <summary>In the queue and between stages; decoding of the image, if it had to be waited for, is in it.</summary>
    public double QueueMs { get; init; }

    public double EncodeMs { get; init; }

    public double ProjectMs { get; init; }

    public double PrefillMs { get; init; }

    public double DecodeMs { get; init; }

    /// <summary>From arrival at the worker to the last token.</summary>
    public double TotalMs { get; init; }
}
