using System.Collections.Immutable;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Core.Capacity;

/// <summary>A question as far as load goes.</summary>
/// <param name="Kind">What accuracy is expected of it.</param>
/// <param name="AnswerTokens">Decode steps that its answer takes, the end included; at least 1.</param>
public readonly record struct ExpectedQuestion(QuestionKind Kind, int AnswerTokens)
{
    /// <summary>By rung: the accuracy that the fast loop chooses by (<see cref="Profiles.QualityCurve.Credit"/>). Without it the model's profile counts.</summary>
    public ImmutableArray<double> Credited { get; init; }
}
