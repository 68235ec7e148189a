using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;

namespace DeltaEdge.Core.Scheduling;

/// <summary>The controller's last plan and until when it may be gone by, counted from its receipt on this process's clock.</summary>
public sealed class PlanHolder
{
    private volatile Received? _received;

    public void Apply(BudgetPlan? plan, TimeSpan now) =>
        _received = plan is null ? null : new Received(plan, now + TimeSpan.FromMilliseconds(plan.TtlMs));

    /// <summary>The asked range inside the plan's for that class, or as asked when there is no fresh plan.</summary>
    public BudgetRange Narrow(BudgetRange asked, string slaClass, TimeSpan now) =>
        _received is { } received && now < received.StaleAt && received.Plan.Classes.TryGetValue(slaClass, out var range) ? asked.Within(range) : asked;

    /// <summary>The fresh plan's price of engine time; 0 without one.</summary>
    public double Price(TimeSpan now) => _received is { } received && now < received.StaleAt ? received.Plan.Price : 0;

    private sealed record Received(BudgetPlan Plan, TimeSpan StaleAt);
}
