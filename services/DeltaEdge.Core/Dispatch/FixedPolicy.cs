using DeltaEdge.Core.Budgets;

namespace DeltaEdge.Core.Dispatch;

/// <summary>Always the same budget, within the group's range: the baseline every adaptive policy is held against.</summary>
public sealed class FixedPolicy(int budget) : IBudgetPolicy
{
    public string Name => $"fixed-{budget}";

    public int Lowest(BudgetRange range) => range.Clamp(budget);

    public BudgetDecision Choose(in DispatchSituation situation)
    {
        var head = situation.Queue[0];
        var ladder = situation.Profile.Ladder;
        var floor = ladder.RungAtLeast(head.Range.Floor);
        var rung = Math.Min(floor, ladder.RungAtMost(head.Range.Clamp(budget)));
        var predicted = situation.Profile.PredictGroup(rung, head.FrameCached, head.Questions, head.AnswerTokens, situation.ActiveRows);
        return new(ladder[rung], ladder[rung] == ladder.Largest ? DegradedReason.None : DegradedReason.Class, predicted);
    }
}
