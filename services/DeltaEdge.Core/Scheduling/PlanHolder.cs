using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;

namespace DeltaEdge.Core.Scheduling;

/// <summary>The controller's last plan and until when it may be gone by, counted from its receipt on this process's clock.</summary>
public sealed class PlanHolder
{
    private volatile Received? _received;

    public void Apply(BudgetPlan? plan, TimeSpan now) =>
        _received = plan is null ? null : new Received([.. plan.Classes], plan.Price, now + TimeSpan.FromMilliseconds(plan.TtlMs));

    /// <summary>The asked range inside the plan's for that class, or as asked when there is no fresh plan.</summary>
    public BudgetRange Narrow(BudgetRange asked, string slaClass, TimeSpan now) =>
        _received is { } received && now < received.StaleAt ? received.Narrow(asked, slaClass) : asked;

    /// <summary>The fresh plan's price of engine time; 0 without one.</summary>
    public double Price(TimeSpan now) => _received is { } received && now < received.StaleAt ? received.Price : 0;

    /// <summary>Classes are few and looked up for every waiting group at every step: faster in a row than by hash.</summary>
    private sealed record Received(KeyValuePair<string, BudgetRange>[] Classes, double Price, TimeSpan StaleAt)
    {
        public BudgetRange Narrow(BudgetRange asked, string slaClass)
        {
            foreach (var (name, range) in Classes)
            {
                if (name == slaClass)
                {
                    return asked.Within(range);
                }
            }

            return asked;
        }
    }
}
