using DeltaEdge.Core.Planning;

namespace DeltaEdge.Fabric.Plans;

/// <summary>The newest plan seen and until when it holds, on this process's clock. One writer at a time.</summary>
internal sealed class PlanBook
{
    private volatile Held? _held;

    public ChangeSignal Changed { get; } = new();

    public BudgetPlan? Latest(TimeSpan now) => _held is { } held && held.Until > now ? held.Plan : null;

    /// <summary>Takes the store's plan in. Seeing the same version again does not prolong it.</summary>
    public void Take(BudgetPlan plan, TimeSpan remaining, TimeSpan now)
    {
        if (_held is { } held && held.Plan.Version == plan.Version && held.Until > now)
        {
            return;
        }

        _held = new(plan, now + remaining);
        Changed.Fire();
    }

    private sealed record Held(BudgetPlan Plan, TimeSpan Until);
}
