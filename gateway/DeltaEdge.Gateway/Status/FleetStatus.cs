using System.Collections.Immutable;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.Gateway.Status;

/// <summary>What <c>GET /v1/status</c> answers: the fleet as the Fabric knows it.</summary>
/// <param name="Plan">The plan in force; null while workers steer alone.</param>
/// <param name="Workers">Latest report of each worker.</param>
/// <param name="SlaClasses">The configured classes.</param>
/// <param name="Ladder">Budgets of the model, largest first.</param>
/// <param name="SharedState">How fresh all of this is.</param>
internal sealed record FleetStatus(BudgetPlan? Plan, ImmutableArray<WorkerReport> Workers, ImmutableArray<SlaClass> SlaClasses, ImmutableArray<int> Ladder, SharedStateStatus SharedState);
