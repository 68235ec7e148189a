using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Core.Planning.Demand;

/// <summary>What makes two frames alike to the planner.</summary>
/// <param name="SlaClass">Class name.</param>
/// <param name="Range">Floor and ceiling.</param>
/// <param name="Kinds">One bit per <see cref="QuestionKind"/> that is asked.</param>
public readonly record struct DemandKey(string SlaClass, BudgetRange Range, uint Kinds)
{
    /// <summary>Of what is cheap to hash; names are compared when all else is the same.</summary>
    public override int GetHashCode() => (((((Range.Floor * 31) + Range.Ceiling) * 31) + (int)Kinds) * 31) + SlaClass.Length;

    public static uint KindsOf(ReadOnlySpan<QuestionKind> kinds)
    {
        var bits = 0u;
        foreach (var kind in kinds)
        {
            bits |= 1u << (int)kind;
        }

        return bits;
    }
}
