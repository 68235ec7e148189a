using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;

namespace DeltaEdge.Core.Planning;

/// <summary>What the planner remembers from one plan to the next. The default value is a fresh start at full budget.</summary>
/// <param name="Price">Price of the last plan.</param>
/// <param name="Version">Version of the last plan.</param>
/// <param name="Classes">Ranges of the last plan; null before there was one.</param>
/// <param name="OverSince">Since when load has read too high at this price; null if it does not.</param>
/// <param name="RicherSafeSince">Since when the next richer level has looked safe; null if it does not.</param>
/// <param name="RicherLoad">Predicted load at that level, smoothed; means nothing while <paramref name="RicherSafeSince"/> is null.</param>
/// <param name="LastStepDown">When the budget last stepped down.</param>
/// <param name="LastClimb">When it last stepped up; null once that was undone.</param>
/// <param name="ClimbLoad">Load that the last step up was expected to come to.</param>
/// <param name="FailedClimbs">Climbs in a row that had to be undone: each doubles the wait before the next.</param>
/// <param name="FailedLoad">Predicted load at the price that failed: once it has clearly fallen, the failures are forgotten.</param>
/// <param name="FailedPrice">That price.</param>
public readonly record struct PlannerState(
    double Price,
    long Version,
    ImmutableDictionary<string, BudgetRange>? Classes = null,
    TimeSpan? OverSince = null,
    TimeSpan? RicherSafeSince = null,
    double RicherLoad = 0,
    TimeSpan? LastStepDown = null,
    TimeSpan? LastClimb = null,
    double ClimbLoad = 0,
    int FailedClimbs = 0,
    double FailedLoad = 0,
    double FailedPrice = 0);
