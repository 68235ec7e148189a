using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>What every frame of one kind of stream brings with it. Streams that are alike share one.</summary>
/// <param name="SlaClass">Name of the class.</param>
/// <param name="Class">Index of the class in the catalog.</param>
/// <param name="Cell">Index of the demand cell.</param>
/// <param name="Deadline">Capture to deadline.</param>
/// <param name="Range">As asked for.</param>
/// <param name="Kinds">By question.</param>
/// <param name="Curves">By question.</param>
/// <param name="Tokens">By question: tokens of the answer, the one that ends it included.</param>
internal sealed record StreamTerms(
    string SlaClass, int Class, int Cell, TimeSpan Deadline, BudgetRange Range, QuestionKind[] Kinds, QualityCurve[] Curves, int[] Tokens);
