using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;

namespace DeltaEdge.Core.Policies;

/// <summary>
/// Always the same budget, within the group's range: the baseline every adaptive policy is held against. With a door of its own it
/// is what people do first: drop the older frame (camera loops that skip while busy), or refuse what would be late (Clockwork, OSDI
/// 2020, at the door). With DeltaEdge's own door, <c>yield-K</c>, it tells the budget's part of DeltaEdge from the door's.
/// </summary>
public sealed class FixedPolicy(int budget, DoorRule door = DoorRule.Open) : IServingPolicy
{
    public string Name => door switch
    {
        DoorRule.NewestPerStream => $"drop-oldest-{budget}",
        DoorRule.Predicted => $"admission-{budget}",
        DoorRule.Yielding => $"yield-{budget}",
        _ => $"fixed-{budget}",
    };

    public DoorRule Door => door;

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
