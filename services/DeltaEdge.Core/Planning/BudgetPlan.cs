using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;

namespace DeltaEdge.Core.Planning;

/// <summary>What the controller allows: a range per SLA class. A worker holds a plan against its own time to live, then steers alone.</summary>
public sealed record BudgetPlan
{
    /// <summary>Rises with every published plan.</summary>
    public required long Version { get; init; }

    /// <summary>How long after it was received a worker may go by it, milliseconds.</summary>
    public required int TtlMs { get; init; }

    /// <summary>Range by SLA class name.</summary>
    public required ImmutableDictionary<string, BudgetRange> Classes { get; init; }

    /// <summary>
    /// What each second of engine time must gain, in weighted correct answers per second of the uncorrected profile: a stream's
    /// ceiling is the richest budget whose last step gains at least that much. 0 spends whatever gains anything.
    /// </summary>
    public double Price { get; init; }

    /// <summary>What the controller saw: offered load over capacity at the plan's budget.</summary>
    public double PredictedUtilisation { get; init; }

    /// <summary>Why the plan is what it is: one of <see cref="PlanReasons"/>.</summary>
    public string Reason { get; init; } = PlanReasons.Steady;
}
