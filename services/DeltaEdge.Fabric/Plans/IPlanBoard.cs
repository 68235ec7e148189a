using DeltaEdge.Core.Planning;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.Fabric.Plans;

/// <summary>The newest plan. Reads are local and never wait.</summary>
public interface IPlanBoard
{
    /// <summary>The newest plan, or null if there is none or its time to live has passed: then steer alone.</summary>
    BudgetPlan? Latest { get; }

    /// <summary>Publishes a plan; one whose version is not above the board's, or that comes from a former leader, changes nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="term">The term in which the publisher holds the leader's lease.</param>
    /// <param name="cancellationToken">Ends the wait; the plan may be published all the same.</param>
    ValueTask<PlanReceipt> PublishAsync(BudgetPlan plan, long term, CancellationToken cancellationToken);

    /// <summary>Fires when another plan is seen. Its running out does not fire: check <see cref="Latest"/> on each report. Take the token first, then read.</summary>
    IChangeToken PlanChanged();
}
