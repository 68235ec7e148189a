using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Policies;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core.Policies;

public sealed class BatchLatencyTests
{
    [Fact]
    public void Batch_AddsPrefillsAndSharesDecodeSteps()
    {
        var profile = Reports.Profile() with { Correction = 2 };

        // 4 frames of 25 + 110 + 5 ms, and 2 steps of 4 ms over 4 rows; twice that, as the correction says.
        Assert.Equal(2 * 0.568, BatchLatency.Seconds(profile, 0, 4, questions: 1, answerTokens: 2), 9);
    }

    [Fact]
    public void OneGroup_IsWhatTheProfilePredicts() =>
        Assert.Equal(Reports.Profile().PredictGroup(3, false, 2, 5), BatchLatency.Seconds(Reports.Profile(), 3, 1, 2, 5), 9);

    [Fact]
    public void EncodedHead_IsNotEncodedAgain()
    {
        var head = new PendingGroup(TimeSpan.FromSeconds(1), BudgetRange.Whole(PolicyCalls.Ladder), false, 1, 2);
        var saved = BatchLatency.Planned(Reports.Profile(), 0, 3, head) - BatchLatency.Planned(Reports.Profile(), 0, 3, head with { FrameCached = true });

        Assert.Equal(BatchLatency.Margin * 0.025, saved, 9);
    }

    [Fact]
    public void LargestWithin_IsTheLastThatFits() => Prop.ForAll(
        PolicyCalls.Profiles.ToArbitrary(), Gen.Choose(0, PolicyCalls.Ladder.Count - 1).ToArbitrary(), Gen.Choose(0, 3000).ToArbitrary(), (profile, rung, ms) =>
        {
            var groups = BatchLatency.LargestWithin(profile, rung, ms / 1000.0, 1, 2);

            Assert.InRange(groups, 0, BatchLatency.MostGroups);
            Assert.True(groups == 0 || BatchLatency.Margin * BatchLatency.Seconds(profile, rung, groups, 1, 2) < ms / 1000.0);
            Assert.True(groups == BatchLatency.MostGroups || BatchLatency.Margin * BatchLatency.Seconds(profile, rung, groups + 1, 1, 2) >= ms / 1000.0);
        }).Check(Config.QuickThrowOnFailure);
}
