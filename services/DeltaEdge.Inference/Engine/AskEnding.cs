using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Policies;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Scheduling;
using DeltaEdge.Inference.Tokenization;

namespace DeltaEdge.Inference.Engine;

/// <summary>Makes the outcome of an ask that has ended.</summary>
internal static class AskEnding
{
    public static AskOutcome Of(Ask ask, AskStatus status, TimeSpan now, BpeTokenizer tokenizer, bool stopped = false, string? error = null)
    {
        var answered = status is AskStatus.OnTime or AskStatus.Late;
        return new AskOutcome
        {
            Status = status,
            Text = answered ? tokenizer.Decode(ask.Answer.AsSpan(0, ask.AnswerLength)) : "",
            Budget = ask.Budget,
            DegradedReason = ask.Reason,
            PromptTokens = ask.PromptTokens,
            CachedTokens = ask.CachedTokens,
            CompletionTokens = ask.AnswerLength,
            Stopped = stopped,
            FinishedAt = now,
            Latency = Split(ask, now),
            Error = error,
        };
    }

    /// <summary>What the policy learns of that end.</summary>
    public static AskVerdict Verdict(AskStatus status) => status switch
    {
        AskStatus.OnTime => AskVerdict.OnTime,
        AskStatus.Late => AskVerdict.Late,
        AskStatus.Expired => AskVerdict.Expired,
        AskStatus.Overloaded => AskVerdict.Refused,
        _ => AskVerdict.Void,
    };

    // Waiting is what the stages do not explain: in the queue, and between stages while others ran.
    private static LatencySplit Split(Ask ask, TimeSpan now)
    {
        var total = now - ask.ArrivedAt;
        var decode = ask.DecodesSince == TimeSpan.Zero ? TimeSpan.Zero : now - ask.DecodesSince;
        var queue = total - ask.EncodeTime - ask.ProjectTime - ask.PrefillTime - decode;
        return new LatencySplit
        {
            QueueMs = Math.Max(0, queue.TotalMilliseconds),
            EncodeMs = ask.EncodeTime.TotalMilliseconds,
            ProjectMs = ask.ProjectTime.TotalMilliseconds,
            PrefillMs = ask.PrefillTime.TotalMilliseconds,
            DecodeMs = decode.TotalMilliseconds,
            TotalMs = total.TotalMilliseconds,
        };
    }
}
