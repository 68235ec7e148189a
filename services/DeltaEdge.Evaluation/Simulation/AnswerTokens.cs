using DeltaEdge.Core.Questions;

namespace DeltaEdge.Evaluation.Simulation;

/// <summary>Tokens that a simulated answer has, the one that ends it included: the first comes from the prefill, the others from a decode step each.</summary>
public static class AnswerTokens
{
    /// <summary>Short answers 2, reading 5, descriptions 24.</summary>
    public static int Of(QuestionKind kind) => kind switch
    {
        QuestionKind.Read => 5,
        QuestionKind.Describe => 24,
        _ => 2,
    };

    /// <summary>What an engine that has seen such answers expects: their decode steps, at least 1.</summary>
    public static int Expected(int tokens) => Math.Max(1, tokens - 1);
}
