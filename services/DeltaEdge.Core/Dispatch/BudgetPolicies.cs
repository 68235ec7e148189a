using System.Globalization;
using DeltaEdge.Core.Budgets;

namespace DeltaEdge.Core.Dispatch;

/// <summary>Budget policies by the name that configuration uses.</summary>
public static class BudgetPolicies
{
    public const string Allowed = "slack, fixed-<budget>";

    /// <summary>The policy of that name, or null if there is none such on this ladder.</summary>
    public static IBudgetPolicy? Find(string name, TokenLadder ladder)
    {
        if (name == SlackPolicy.PolicyName)
        {
            return new SlackPolicy();
        }

        const string FixedPrefix = "fixed-";
        return name.StartsWith(FixedPrefix, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(FixedPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var budget)
            && ladder.Contains(budget)
            ? new FixedPolicy(budget)
            : null;
    }
}
