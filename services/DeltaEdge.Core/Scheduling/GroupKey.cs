using DeltaEdge.Core.Budgets;

namespace DeltaEdge.Core.Scheduling;

/// <summary>Asks that agree on all of this get one budget decision and share one visual prefix.</summary>
public readonly record struct GroupKey(UInt128 Frame, BudgetRange Range, string SlaClass)
{
    /// <summary>Of the frame alone: few groups share one, and the rest is compared.</summary>
    public override int GetHashCode() => Frame.GetHashCode();
}
