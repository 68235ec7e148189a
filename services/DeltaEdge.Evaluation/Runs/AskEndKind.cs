namespace DeltaEdge.Evaluation.Runs;

/// <summary>How an ask of a run ended. Everything but <see cref="OnTime"/> and <see cref="Gated"/> is a miss.</summary>
public enum AskEndKind
{
    OnTime = 0,
    Late = 1,
    Expired = 2,
    Rejected = 3,
    Failed = 4,

    /// <summary>An unchanged scene reused the last answer; reported apart.</summary>
    Gated = 5,
}
