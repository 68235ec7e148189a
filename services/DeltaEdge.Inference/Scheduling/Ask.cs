using System.Diagnostics.CodeAnalysis;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Tokenization;

namespace DeltaEdge.Inference.Scheduling;

/// <summary>
/// A request inside the engine. What is fixed on arrival comes first; the rest is written by the engine's thread alone, except
/// <see cref="CancelRequested"/>.
/// </summary>
internal sealed class Ask : PendingAsk
{
    private volatile bool _cancelRequested;

    [SetsRequiredMembers]
    public Ask(AskRequest request, int[] question, int expectedTokens, QualityCurve quality, TimeSpan arrivedAt)
    {
        (Request, Question) = (request, question);
        (Frame, Range, SlaClass, Stream) = (request.Frame.Key, request.Range, request.SlaClass, request.Stream);
        (CapturedAt, Deadline, ArrivedAt) = (request.CapturedAt, request.Deadline, arrivedAt);
        (ExpectedTokens, Quality) = (expectedTokens, quality);
    }

    public AskRequest Request { get; }

    public override bool IsFrameRead => Request.Frame.IsRead;

    public override bool IsFrameUnreadable => Request.Frame.IsUnreadable;

    /// <summary>Tokens between the visual tokens and the answer.</summary>
    public int[] Question { get; }

    public TaskCompletionSource<AskOutcome> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CancellationTokenRegistration Cancellation { get; set; }

    public bool CancelRequested
    {
        get => _cancelRequested;
        set => _cancelRequested = value;
    }

    public DegradedReason Reason { get; set; }

    public int PromptTokens { get; set; }

    public int CachedTokens { get; set; }

    /// <summary>Positions in its row of the cache.</summary>
    public int Length { get; set; }

    /// <summary>Most tokens it may still answer with; sized when it is dispatched.</summary>
    public int[] Answer { get; set; } = [];

    public int AnswerLength { get; set; }

    public int LastToken => Answer[AnswerLength - 1];

    public override int ExpectedTokensLeft => Math.Clamp(ExpectedTokens - AnswerLength, 1, Math.Max(1, Answer.Length - AnswerLength));

    public TokenTextStream Text;

    /// <summary>Set when <see cref="AskRequest.OnText"/> threw; it is not called again.</summary>
    public bool Muted { get; set; }

    public TimeSpan ProjectTime { get; set; }

    public TimeSpan PrefillTime { get; set; }

    /// <summary>When its first token was there.</summary>
    public TimeSpan DecodesSince { get; set; }

    /// <summary>Latency from arrival that was predicted when its budget was chosen; zero before that.</summary>
    public TimeSpan PredictedLatency { get; set; }
}
