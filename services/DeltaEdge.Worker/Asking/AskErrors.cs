using DeltaEdge.Core.Wire;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.Worker.Asking;

/// <summary>The refusal that an API caller gets for an ask that ended without an answer.</summary>
internal static class AskErrors
{
    /// <summary>The error, or null if there is an answer.</summary>
    public static ApiError? Of(AskOutcome outcome, int deadlineMs, string requestId) => outcome.Status switch
    {
        AskStatus.OnTime or AskStatus.Late => null,
        AskStatus.Expired => ApiError.DeadlineExceeded($"No answer within {deadlineMs} ms of the frame's capture. Allow more with deltaedge.deadline_ms, or a smaller floor with deltaedge.min_tokens."),
        AskStatus.Overloaded => ApiError.Overloaded(
            Math.Max(1, (int)Math.Ceiling(outcome.RetryAfterSeconds)),
            outcome.Error ?? "The server is at capacity even at its smallest visual-token budget; try again later."),
        AskStatus.TooLong => ApiError.Invalid("messages", outcome.Error ?? "The question is longer than the model's context.", "context_length_exceeded"),
        AskStatus.Unreadable => outcome.Refusal,
        _ => ApiError.Internal(requestId),
    };
}
