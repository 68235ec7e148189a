using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Policies;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core.Policies;

public sealed class SlackFitPolicyTests
{
    private static readonly Gen<double> Slacks = Gen.Choose(0, 4000).Select(ms => ms / 1000.0);
    private static readonly Gen<int> Waiting = Gen.Choose(1, 64);

    [Theory]
    [InlineData(BucketOrder.Batch)]
    [InlineData(BucketOrder.Budget)]
    public void Buckets_GoFromNothingToTheLargestBatchAtTheRichest(BucketOrder order)
    {
        var buckets = Buckets(order);

        Assert.Null(buckets.Pick(0.0399, 16));
        Assert.NotNull(buckets.Pick(0.0401, 16));
        Assert.Equal((0, BatchLatency.MostGroups), buckets.Pick(10, 16));
    }

    [Theory]
    [InlineData(BucketOrder.Batch)]
    [InlineData(BucketOrder.Budget)]
    public void AnySlack_PickFitsAndWaits(BucketOrder order) => Check(Prop.ForAll(Slacks.ToArbitrary(), Waiting.ToArbitrary(), (slack, waiting) =>
    {
        if (Buckets(order).Pick(slack, waiting) is { } choice)
        {
            Assert.InRange(choice.Groups, 1, waiting);
            Assert.True(BatchLatency.Seconds(Reports.Profile(), choice.Rung, choice.Groups, 1, 2) <= slack + 1e-9);
        }
    }));

    /// <summary>More batch may mean less budget; what never falls is the pair in its bucket's order.</summary>
    [Fact]
    public void MoreSlack_NeverASmallerBatchAndForTheSameBatchNeverLess() => Check(Prop.ForAll(Slacks.ToArbitrary(), Slacks.ToArbitrary(), Waiting.ToArbitrary(), (one, other, waiting) =>
    {
        var less = Buckets(BucketOrder.Batch).Pick(Math.Min(one, other), waiting) ?? (int.MaxValue, 0);
        var more = Buckets(BucketOrder.Batch).Pick(Math.Max(one, other), waiting) ?? (int.MaxValue, 0);

        Assert.True(more.Item2 > less.Item2 || (more.Item2 == less.Item2 && more.Item1 <= less.Item1));
    }));

    [Fact]
    public void SameSlack_OneOrderHasTheLargerBatchTheOtherTheRicherBudget() => Check(Prop.ForAll(Slacks.ToArbitrary(), Waiting.ToArbitrary(), (slack, waiting) =>
    {
        if (Buckets(BucketOrder.Batch).Pick(slack, waiting) is { } batch && Buckets(BucketOrder.Budget).Pick(slack, waiting) is { } budget)
        {
            Assert.True(batch.Groups >= budget.Groups && budget.Rung <= batch.Rung);
        }
    }));

    [Fact]
    public void Batch_GoesAtOneBudgetAsFarAsItReaches()
    {
        var policy = new SlackFitPolicy(BucketOrder.Budget);
        var relaxed = Enumerable.Range(0, 8).Select(_ => Group(900)).ToArray();
        var pressed = Enumerable.Range(0, 8).Select(_ => Group(60)).ToArray();

        // 900 ms hold five at the richest; the four after the first are not decided anew.
        Assert.Equal(576, Choose(policy, relaxed, 0).Budget);
        Assert.All(Enumerable.Range(1, 4), i => Assert.Equal(576, Choose(policy, pressed, i).Budget));
        Assert.NotEqual(576, Choose(policy, pressed, 5).Budget);
    }

    [Fact]
    public void BatchThatTookTooLong_IsDecidedAnew()
    {
        var policy = new SlackFitPolicy(BucketOrder.Budget);
        Choose(policy, [Group(900), Group(900), Group(900)], 0);

        Assert.True(Choose(policy, [Group(1060)], 1000).Budget < 576);
    }

    [Theory]
    [InlineData(BucketOrder.Batch)]
    [InlineData(BucketOrder.Budget)]
    public void NothingElseWaiting_IsABatchOfOneAtTheRichestThatFits(BucketOrder order)
    {
        var policy = new SlackFitPolicy(order);

        Assert.Equal(576, Choose(policy, [Group(1000)], 0).Budget);
        Assert.Equal(1, Choose(policy, [Group(50)], 1).Budget);
    }

    [Fact]
    public void ManyWaiting_BatchOrderServesThemAllBudgetOrderTheFirstRichly()
    {
        var queue = Enumerable.Range(0, 10).Select(_ => Group(1000)).ToArray();

        Assert.Equal(144, Choose(new SlackFitPolicy(BucketOrder.Batch), queue, 0).Budget);
        Assert.Equal(576, Choose(new SlackFitPolicy(BucketOrder.Budget), queue, 0).Budget);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(1000)]
    public void Correction_ScalesTheSlack(int slackMs)
    {
        var plain = Choose(new SlackFitPolicy(BucketOrder.Budget), [Group(slackMs)], 0);
        var slow = new SlackFitPolicy(BucketOrder.Budget).Choose(
            new() { Now = TimeSpan.Zero, Queue = [Group(2 * slackMs)], Profile = Reports.Profile() with { Correction = 2 }, ActiveRows = 0 });

        Assert.Equal(plain.Budget, slow.Budget);
    }

    private static SlackBuckets Buckets(BucketOrder order) => new(Reports.Profile(), 1, 2, order);

    private static PendingGroup Group(int deadlineMs) => new(TimeSpan.FromMilliseconds(deadlineMs), BudgetRange.Whole(PolicyCalls.Ladder), false, 1, 2);

    private static BudgetDecision Choose(SlackFitPolicy policy, PendingGroup[] queue, int nowMs) =>
        policy.Choose(new() { Now = TimeSpan.FromMilliseconds(nowMs), Queue = queue, Profile = Reports.Profile(), ActiveRows = 0 });

    private static void Check(Property property) => property.Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
