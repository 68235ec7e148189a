using DeltaEdge.Core.Routing;

namespace DeltaEdge.UnitTests.Core;

public sealed class CompletionTimePredictorTests
{
    [Fact]
    public void IdleWorker_TakesOneAskAtItsBudget()
    {
        var report = Reports.Worker("w") with { CurrentBudget = 576 };

        Assert.Equal(report.Profile.PredictGroup(0, false, 1, 2), CompletionTimePredictor.Predict(report, 0), 12);
    }

    [Fact]
    public void PoorerBudget_IsExpectedSooner() => Assert.True(
        CompletionTimePredictor.Predict(Reports.Worker("w") with { CurrentBudget = 16 }, 0)
        < CompletionTimePredictor.Predict(Reports.Worker("w") with { CurrentBudget = 576 }, 0));

    [Fact]
    public void BudgetUnknown_IsTakenAsTheLargest() => Assert.Equal(
        CompletionTimePredictor.Predict(Reports.Worker("w") with { CurrentBudget = 576 }, 3),
        CompletionTimePredictor.Predict(Reports.Worker("w"), 3));

    [Fact]
    public void AsksSentSinceTheReport_Count()
    {
        var report = Reports.Worker("w") with { BacklogSeconds = 0.5 };

        Assert.Equal(0.5 + (4 * (CompletionTimePredictor.Predict(report, 0) - 0.5)), CompletionTimePredictor.Predict(report, 3), 12);
    }

    [Fact]
    public void FastBusyWorker_BeatsSlowIdleOne()
    {
        var fast = Reports.Worker("fast") with { Profile = Reports.Profile(0.1), BacklogSeconds = 0.1, CurrentBudget = 576 };
        var slow = Reports.Worker("slow") with { Profile = Reports.Profile(2), CurrentBudget = 576 };

        Assert.True(CompletionTimePredictor.Predict(fast, 1) < CompletionTimePredictor.Predict(slow, 0));
    }
}
