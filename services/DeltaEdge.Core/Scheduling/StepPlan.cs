using DeltaEdge.Core.Dispatch;

namespace DeltaEdge.Core.Scheduling;

/// <summary>One step, decided; it does not change while it runs.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Group">For Encode and Prefill: whose.</param>
/// <param name="Decision">For Prefill: the budget.</param>
/// <param name="Until">For Idle: when to plan again even if nothing arrives.</param>
public readonly record struct StepPlan(StepKind Kind, WaitingGroup? Group = null, BudgetDecision Decision = default, TimeSpan? Until = null);
