using System.Collections.Immutable;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Inference.Asking;

/// <summary>A snapshot of the engine for reports and metrics; taken without stopping it.</summary>
/// <param name="QueueDepth">Asks that wait.</param>
/// <param name="BacklogSeconds">Predicted seconds to serve them at the budgets they would get now.</param>
/// <param name="ActiveRows">Rows that decode.</param>
/// <param name="BusySeconds">Seconds worked since start; the difference of two snapshots over the time between is the busy ratio.</param>
/// <param name="LastBudget">Budget most recently spent.</param>
public readonly record struct EngineStatus(int QueueDepth, double BacklogSeconds, int ActiveRows, double BusySeconds, int LastBudget)
{
    /// <summary>Name of the serving policy.</summary>
    public string Policy { get; init; } = "";

    /// <summary>Several runs of the model have failed without an answer between them: new work belongs elsewhere until the engine has tried itself and says it is well.</summary>
    public bool Unhealthy { get; init; }

    /// <summary>What its steps have taken since start, beside what the profile says.</summary>
    public EngineSteps Steps { get; init; }

    /// <summary>Encoded frames that it keeps at most.</summary>
    public int FrameCapacity { get; init; }

    /// <summary>By question kind: decode steps that an answer is expected to take, by those seen.</summary>
    public ImmutableArray<int> AnswerTokens { get; init; }

    /// <summary>Asks that came since start, refused ones included.</summary>
    public long Asks { get; init; }

    /// <summary>Seconds from capture to the engine's door and for making pixels of their frames, summed over them: transport, tokenisation and image decoding.</summary>
    public double ApproachSeconds { get; init; }
}
