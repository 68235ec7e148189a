namespace DeltaEdge.Core.Budgets;

/// <summary>Floor and ceiling in visual tokens, both on the ladder, floor not above ceiling.</summary>
public readonly record struct BudgetRange(int Floor, int Ceiling)
{
    public static BudgetRange Whole(TokenLadder ladder) => new(ladder.Smallest, ladder.Largest);

    public bool Contains(int budget) => budget >= Floor && budget <= Ceiling;

    public int Clamp(int budget) => Math.Clamp(budget, Floor, Ceiling);

    /// <summary>The range inside both; where they do not meet, this range's floor wins, because a floor is a promise.</summary>
    public BudgetRange Within(BudgetRange other)
    {
        var floor = Math.Max(Floor, Math.Min(other.Floor, Ceiling));
        return new(floor, Math.Max(floor, Math.Min(Ceiling, other.Ceiling)));
    }
}
