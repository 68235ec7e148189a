using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Scheduling;

/// <summary>One question about one frame, as the scheduler sees it. Engine and simulator add what they need to answer it.</summary>
public abstract class PendingAsk
{
    /// <summary>Key of the frame's content: asks that share it share its encoding.</summary>
    public required UInt128 Frame { get; init; }

    /// <summary>Floor and ceiling asked for.</summary>
    public required BudgetRange Range { get; init; }

    public required string SlaClass { get; init; }

    public required TimeSpan CapturedAt { get; init; }

    /// <summary>When the answer stops being of use, on the same scale.</summary>
    public required TimeSpan Deadline { get; init; }

    public required TimeSpan ArrivedAt { get; init; }

    /// <summary>Tokens that an answer of this kind usually has.</summary>
    public required int ExpectedTokens { get; init; }

    /// <summary>What its answer is worth by budget, and the floor of its kind.</summary>
    public required QualityCurve Quality { get; init; }

    /// <summary>Key of the stream it comes from; 0 if it names none.</summary>
    public ulong Stream { get; init; }

    /// <summary>Whether its frame's pixels are there, or known to be unreadable. Only an encoded frame does without.</summary>
    public virtual bool IsFrameRead => true;

    /// <summary>Whether its frame is known to be unreadable: it needs no work, only to be told.</summary>
    public virtual bool IsFrameUnreadable => false;

    /// <summary>Set when its frame has been given out to be read (<see cref="Scheduler.NextToRead"/>).</summary>
    public bool IsFrameGivenOut { get; set; }

    /// <summary>Visual tokens spent; 0 until it is dispatched.</summary>
    public int Budget { get; set; }

    /// <summary>How long its frame's encoding took; zero if it was encoded for another ask before.</summary>
    public TimeSpan EncodeTime { get; set; }

    /// <summary>Tokens that it is expected to decode from here on; at least 1 while it decodes.</summary>
    public abstract int ExpectedTokensLeft { get; }
}
