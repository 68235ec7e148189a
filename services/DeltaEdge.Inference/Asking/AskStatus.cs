namespace DeltaEdge.Inference.Asking;

/// <summary>How an ask ended.</summary>
public enum AskStatus
{
    /// <summary>Answered before its deadline.</summary>
    OnTime = 0,

    /// <summary>Answered after its deadline.</summary>
    Late = 1,

    /// <summary>Its deadline passed before the answer was complete; work on it was stopped.</summary>
    Expired = 2,

    /// <summary>Refused on arrival: not even the floor would have been on time, or the queue is full. Trying later helps.</summary>
    Overloaded = 3,

    /// <summary>The question does not fit the model's context. Trying again does not help.</summary>
    TooLong = 4,

    /// <summary>The caller went away.</summary>
    Cancelled = 5,

    /// <summary>The engine failed on it; the log says why.</summary>
    Failed = 6,

    /// <summary>The frame's image cannot be read; <see cref="AskOutcome.Refusal"/> says why.</summary>
    Unreadable = 7,
}
