namespace DeltaEdge.Core.Planning.Allocation;

/// <summary>What one pass of the <see cref="BudgetAllocator"/> found.</summary>
/// <param name="Price">Every step that gains more per second than this is taken, and of those that gain about this much some. 0 if all are taken.</param>
/// <param name="Load">Engine seconds per second that the plan needs; above the budget only if <paramref name="Fits"/> is false.</param>
/// <param name="Fits">Whether the floors alone fit the budget.</param>
public readonly record struct AllocatedLoad(double Price, double Load, bool Fits);
