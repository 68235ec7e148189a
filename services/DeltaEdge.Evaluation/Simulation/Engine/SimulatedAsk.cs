using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Routing;
using DeltaEdge.Core.Scheduling;

namespace DeltaEdge.Evaluation.Simulation.Engine;

/// <summary>An ask with what a simulated engine needs to answer it.</summary>
internal sealed class SimulatedAsk : PendingAsk
{
    /// <summary>Index of its record.</summary>
    public required int Record { get; init; }

    /// <summary>Index into its stream's questions.</summary>
    public required int Question { get; init; }

    public required QuestionKind Kind { get; init; }

    /// <summary>The frame's random bits.</summary>
    public required ulong Draw { get; init; }

    /// <summary>What the gateway noted against its worker; null for a stream's, which go by no gateway.</summary>
    public AskTicket? Ticket { get; init; }

    /// <summary>Tokens of its answer, the end included.</summary>
    public required int Tokens { get; init; }

    /// <summary>Of those, how many are out.</summary>
    public int TokensDone { get; set; }

    public override int ExpectedTokensLeft => Math.Max(1, ExpectedTokens - TokensDone);
}
