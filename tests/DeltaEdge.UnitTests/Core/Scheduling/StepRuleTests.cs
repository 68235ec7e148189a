using DeltaEdge.UnitTests.Inference;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.Inference.Scheduling;

namespace DeltaEdge.UnitTests.Core.Scheduling;

public sealed class StepRuleTests
{
    private const int Burst = 8;
    private const int Batch = 4;

    [Fact]
    public void NothingActive_TakesInNewWork() => Assert.False(StepRule.DecodeFirst(Situation(active: 0), Burst, Batch));

    [Fact]
    public void NothingWaits_Decodes() => Assert.True(StepRule.DecodeFirst(Situation(waiting: false, steps: 100), Burst, Batch));

    [Fact]
    public void NoRowFree_Decodes() => Assert.True(StepRule.DecodeFirst(Situation(free: 0, steps: 100, headSlack: -1), Burst, Batch));

    [Fact]
    public void Both_FinishesWhatHasBegun() => Assert.True(StepRule.DecodeFirst(Situation(), Burst, Batch));

    [Fact]
    public void LongAnswer_LetsOthersInAfterABurst() => Assert.False(StepRule.DecodeFirst(Situation(steps: Burst, activeSlack: 0.04), Burst, Batch));

    [Fact]
    public void LongAnswerWithoutTimeForOthers_GoesOn() => Assert.True(StepRule.DecodeFirst(Situation(steps: Burst, activeSlack: 0.03), Burst, Batch));

    [Fact]
    public void UrgentGroupThatCannotWait_GoesFirst() => Assert.False(StepRule.DecodeFirst(Situation(headSlack: 0.005), Burst, Batch));

    [Fact]
    public void UrgentGroupThatIsLateAnyway_Waits() => Assert.True(StepRule.DecodeFirst(Situation(headSlack: -0.001), Burst, Batch));

    [Fact]
    public void GroupThatCannotWaitButIsLessUrgent_Waits() => Assert.True(StepRule.DecodeFirst(Situation(headSlack: 0.005, headDueMs: 900), Burst, Batch));

    [Fact]
    public void WhileOthersWaitAndTimeAllows_RowsAreGathered()
    {
        Assert.False(StepRule.DecodeFirst(Situation(activeSlack: 0.5), Burst, Batch));
        Assert.True(StepRule.DecodeFirst(Situation(active: Batch, activeSlack: 0.5), Burst, Batch));
        Assert.True(StepRule.DecodeFirst(Situation(activeSlack: 0.5), Burst, batch: 1));
    }

    [Fact]
    public void RowWhoseDeadlineIsNear_IsNotKeptWaiting() => Assert.True(StepRule.DecodeFirst(Situation(activeSlack: 0.04), Burst, Batch));

    /// <summary>Head 20 ms, decode 10 ms; by default no time to gather rows.</summary>
    private static StepSituation Situation(
        int active = 1, int free = 1, bool waiting = true, int steps = 1, double headSlack = 1, double headDueMs = 100, double activeSlack = 0.03)
    {
        return new()
        {
            ActiveRows = active,
            FreeRows = free,
            Waiting = waiting,
            StepsWhileWaiting = steps,
            DecodeSecondsLeft = 0.010,
            ActiveDeadline = Asks.Ms(500),
            ActiveSlackSeconds = activeSlack,
            HeadSeconds = 0.020,
            HeadDeadline = Asks.Ms(headDueMs),
            HeadSlackSeconds = headSlack,
        };
    }
}
