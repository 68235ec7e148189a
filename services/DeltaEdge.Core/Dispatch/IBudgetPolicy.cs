using DeltaEdge.Core.Budgets;

namespace DeltaEdge.Core.Dispatch;

/// <summary>The fast loop's replaceable choice: the budget of the most urgent group. Pure; adding one is one file and one name.</summary>
public interface IBudgetPolicy
{
    /// <summary>Name in configuration and metrics.</summary>
    string Name { get; }

    /// <summary>The least this policy would ever spend on a group of that range: what admission counts with.</summary>
    int Lowest(BudgetRange range) => range.Floor;

    /// <summary>Budget for <c>situation.Queue[0]</c>; always inside its range.</summary>
    BudgetDecision Choose(in DispatchSituation situation);
}
