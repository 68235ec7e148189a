using DeltaEdge.UnitTests.Inference;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.Inference.Scheduling;

namespace DeltaEdge.UnitTests.Core.Scheduling;

public sealed class StepRuleTests
{
    private const int Burst = 8;

    [Fact]
    public void NothingActive_TakesInNewWork() => Assert.False(StepRule.DecodeFirst(Situation(active: 0), Burst));

    [Fact]
    public void NothingWaits_Decodes() => Assert.True(StepRule.DecodeFirst(Situation(waiting: false, steps: 100), Burst));

    [Fact]
    public void NoRowFree_Decodes() => Assert.True(StepRule.DecodeFirst(Situation(free: 0, steps: 100, headSlack: -1), Burst));

    [Fact]
    public void Both_FinishesWhatHasBegun() => Assert.True(StepRule.DecodeFirst(Situation(), Burst));

    [Fact]
    public void LongAnswer_LetsOthersInAfterABurst() => Assert.False(StepRule.DecodeFirst(Situation(steps: Burst), Burst));

    [Fact]
    public void UrgentGroupThatCannotWait_GoesFirst() => Assert.False(StepRule.DecodeFirst(Situation(headSlack: 0.005), Burst));

    [Fact]
    public void GroupThatCannotWaitButIsLessUrgent_Waits() => Assert.True(StepRule.DecodeFirst(Situation(headSlack: 0.005, headDueMs: 900), Burst));

    private static StepSituation Situation(int active = 1, int free = 1, bool waiting = true, int steps = 1, double headSlack = 1, double headDueMs = 100) => new()
    {
        ActiveRows = active,
        FreeRows = free,
        Waiting = waiting,
        StepsSincePrefill = steps,
        DecodeSecondsLeft = 0.010,
        ActiveDeadline = Asks.Ms(500),
        HeadDeadline = Asks.Ms(headDueMs),
        HeadSlackSeconds = headSlack,
    };
}
