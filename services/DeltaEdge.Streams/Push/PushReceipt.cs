using DeltaEdge.Core.Wire;

namespace DeltaEdge.Streams.Push;

/// <summary>What became of a pushed frame.</summary>
public sealed record PushReceipt
{
    /// <summary>Why it was not taken; null if it was.</summary>
    public ApiError? Error { get; init; }

    /// <summary>Its number within the stream, as answers name it; -1 if it was not taken.</summary>
    public long FrameIndex { get; init; } = -1;

    /// <summary>Whether it took the place of a frame that nobody had been asked about yet: frames come faster than they are answered.</summary>
    public bool HasReplaced { get; init; }

    /// <summary>Age of the frame that has been waiting longest to be asked about; zero if none waits.</summary>
    public TimeSpan QueueAge { get; init; }

    public static PushReceipt Refused(ApiError error) => new() { Error = error };
}
