using DeltaEdge.Core.Planning;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.Fabric.Plans;

/// <summary>The newest plan. Reads are local and never wait.</summary>
public interface IPlanBoard
{
    /// <summary>The newest plan, or null if there is none or its time to live has passed: then steer alone.</summary>
    BudgetPlan? Latest { get; }

    /// <summary>Publishes a plan; one whose version is not above the board's changes nothing.</summary>
    ValueTask<PlanReceipt> PublishAsync(BudgetPlan plan, CancellationToken cancellationToken);

    /// <summary>Fires when another plan is seen. Its running out does not fire: check <see cref="Latest"/> on each report. Take the token first, then read.</summary>
    IChangeToken PlanChanged();
}
