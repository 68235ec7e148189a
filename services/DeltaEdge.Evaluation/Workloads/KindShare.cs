using DeltaEdge.Core.Questions;

namespace DeltaEdge.Evaluation.Workloads;

/// <summary>How large a part of the questions is of one kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Weight">Its part, against the sum of all weights; not negative.</param>
public readonly record struct KindShare(QuestionKind Kind, double Weight);
