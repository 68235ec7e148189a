using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.Inference.Asking;

/// <summary>What an ask got. <see cref="Text"/> is empty unless the status is OnTime or Late.</summary>
public sealed record AskOutcome
{
    public required AskStatus Status { get; init; }

    public string Text { get; init; } = "";

    /// <summary>Visual tokens spent; 0 if it never reached the projector.</summary>
    public int Budget { get; init; }

    public DegradedReason DegradedReason { get; init; }

    /// <summary>Text and visual tokens of the prompt.</summary>
    public int PromptTokens { get; init; }

    /// <summary>Of those, tokens whose KV was reused.</summary>
    public int CachedTokens { get; init; }

    public int CompletionTokens { get; init; }

    /// <summary>True if the answer ended by itself, false if it reached <see cref="AskRequest.MaxNewTokens"/>, the model's own limit or the context's end.</summary>
    public bool Stopped { get; init; }

    /// <summary>When it ended, on the process's monotonic scale.</summary>
    public TimeSpan FinishedAt { get; init; }

    public LatencySplit Latency { get; init; } = new();

    /// <summary>When Overloaded: seconds after which trying again may help.</summary>
    public double RetryAfterSeconds { get; init; }

    /// <summary>For Failed, TooLong and Overloaded: one sentence for the caller, without content of the request.</summary>
    public string? Error { get; init; }

    /// <summary>For Unreadable: what is wrong with the image.</summary>
    public ApiError? Refusal { get; init; }
}
