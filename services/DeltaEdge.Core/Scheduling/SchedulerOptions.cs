using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.Core.Scheduling;

/// <summary>Bounds and order of one worker's queue.</summary>
/// <param name="QueueLimit">Most asks that may wait.</param>
/// <param name="DecodeBurst">Decode steps after which others may join a batch.</param>
/// <param name="DecodeBatch">Rows that are worth gathering before a decode step while others wait and deadlines allow it; 1 gathers none.</param>
/// <param name="Order">Which waiting group comes first.</param>
/// <param name="Classes">Whose weights decide who is refused first; null treats all classes alike.</param>
public sealed record SchedulerOptions(
    int QueueLimit = 256, int DecodeBurst = 8, int DecodeBatch = LatencyProfile.GatheredRows, QueueOrder Order = QueueOrder.Edf, SlaCatalog? Classes = null);
