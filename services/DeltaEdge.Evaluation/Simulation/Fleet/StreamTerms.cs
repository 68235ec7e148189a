using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>What every frame of one kind of stream brings with it. Streams that are alike share one.</summary>
/// <param name="SlaClass">Name of the class.</param>
/// <param name="Deadline">Capture to deadline.</param>
/// <param name="Range">As asked for.</param>
/// <param name="DemandRange">The same, above its kinds' own floors: what the controller plans with.</param>
/// <param name="Kinds">By question.</param>
/// <param name="Curves">By question.</param>
/// <param name="Tokens">By question: tokens of the answer, the one that ends it included.</param>
/// <param name="Values">By rung: sum of its questions' believed accuracies.</param>
internal sealed record StreamTerms(
    string SlaClass, TimeSpan Deadline, BudgetRange Range, BudgetRange DemandRange, QuestionKind[] Kinds, QualityCurve[] Curves, int[] Tokens, double[] Values);
