using DeltaEdge.Core.Dispatch;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Tokenization;

namespace DeltaEdge.Inference.Scheduling;

/// <summary>
/// A request inside the engine. Fields in the first half are fixed on arrival; the rest is written by the engine's thread alone,
/// except <see cref="CancelRequested"/>.
/// </summary>
internal sealed class Ask(AskRequest request, int[] question, int expectedTokens, TimeSpan arrivedAt)
{
    private volatile bool _cancelRequested;

    public AskRequest Request { get; } = request;

    /// <summary>Tokens between the visual tokens and the answer.</summary>
    public int[] Question { get; } = question;

    /// <summary>Tokens that an answer of this kind usually has.</summary>
    public int ExpectedTokens { get; } = expectedTokens;

    public TimeSpan ArrivedAt { get; } = arrivedAt;

    public TimeSpan Deadline => Request.Deadline;

    public TaskCompletionSource<AskOutcome> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CancellationTokenRegistration Cancellation { get; set; }

    public bool CancelRequested
    {
        get => _cancelRequested;
        set => _cancelRequested = value;
    }

    /// <summary>Visual tokens spent; 0 until it is dispatched.</summary>
    public int Budget { get; set; }

    public DegradedReason Reason { get; set; }

    public int PromptTokens { get; set; }

    public int CachedTokens { get; set; }

    /// <summary>Positions in its row of the cache.</summary>
    public int Length { get; set; }

    /// <summary>Most tokens it may still answer with; sized when it is dispatched.</summary>
    public int[] Answer { get; set; } = [];

    public int AnswerLength { get; set; }

    public int LastToken => Answer[AnswerLength - 1];

    /// <summary>Tokens that it is expected to decode from here on; at least 1 while it decodes.</summary>
    public int ExpectedTokensLeft => Math.Clamp(ExpectedTokens - AnswerLength, 1, Math.Max(1, Answer.Length - AnswerLength));

    public TokenTextStream Text;

    /// <summary>Set when <see cref="AskRequest.OnText"/> threw; it is not called again.</summary>
    public bool Muted { get; set; }

    public TimeSpan EncodeTime { get; set; }

    public TimeSpan ProjectTime { get; set; }

    public TimeSpan PrefillTime { get; set; }

    /// <summary>When its first token was there.</summary>
    public TimeSpan DecodesSince { get; set; }

    /// <summary>Latency from arrival that was predicted when its budget was chosen; zero before that.</summary>
    public TimeSpan PredictedLatency { get; set; }
}
