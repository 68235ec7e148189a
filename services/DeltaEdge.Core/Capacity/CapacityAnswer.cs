using System.Collections.Immutable;

namespace DeltaEdge.Core.Capacity;

/// <summary>How many streams of a shape fit.</summary>
/// <param name="Budgets">By rung of the ladder, richest first.</param>
/// <param name="Best">Most streams at a budget that is allowed, the more accurate of equals; null if no allowed budget takes even one.</param>
public sealed record CapacityAnswer(ImmutableArray<BudgetCapacity> Budgets, BudgetCapacity? Best);
