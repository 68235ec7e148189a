using DeltaEdge.Core.Budgets;

namespace DeltaEdge.Core.Dispatch;

/// <summary>Questions that wait for one frame, as the fast loop sees them.</summary>
/// <param name="Deadline">Most urgent deadline of the group, on the process's monotonic scale.</param>
/// <param name="Range">Floor and ceiling that hold for it now (stream or request, within the plan, above its kinds' floors).</param>
/// <param name="FrameCached">Whether the frame is encoded already.</param>
/// <param name="Questions">Questions asked of the frame.</param>
/// <param name="AnswerTokens">Expected tokens per answer.</param>
/// <param name="Planned">Whether it is the plan that set the ceiling, so that what it costs is called load and not the caller's wish.</param>
/// <param name="Values">
/// By rung: sum over its questions of weight times expected accuracy, in weighted correct answers. Null where the policy does not look at them.
/// </param>
public readonly record struct PendingGroup(
    TimeSpan Deadline, BudgetRange Range, bool FrameCached, int Questions, int AnswerTokens, bool Planned = false, double[]? Values = null);
