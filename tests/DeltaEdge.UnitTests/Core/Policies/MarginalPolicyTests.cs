using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.UnitTests.Core.Policies;

/// <summary>Frame 10 ms, prefix 70 ms at 576 down to 10 ms at 1 token, question and decode step 1 ms each.</summary>
public sealed class MarginalPolicyTests
{
    /// <summary>Needs its tokens: reading.</summary>
    private static readonly double[] Steep = [0.97, 0.96, 0.94, 0.90, 0.80, 0.50, 0.10];

    /// <summary>A few tokens answer it: yes or no. 144 tokens answer it best.</summary>
    private static readonly double[] Flat = [0.95, 0.97, 0.965, 0.96, 0.955, 0.95, 0.94];

    private static readonly LatencyProfile Profile = new()
    {
        Ladder = TokenLadder.Default,
        FrameSeconds = 0.010,
        PrefixSeconds = [0.070, 0.060, 0.050, 0.040, 0.030, 0.020, 0.010],
        QuestionSeconds = 0.001,
        DecodeStepSeconds = [0.001],
    };

    private readonly MarginalPolicy _policy = new();

    [Fact]
    public void Idle_SpendsWhatAnswersBest_NotWhatIsMost() => Assert.Equal((144, DegradedReason.None), Choose(Group(1000, Flat)));

    [Fact]
    public void Queue_TakesTokensWhereTheyGainLeast()
    {
        var (flat, steep) = (Group(600, Flat), Group(600, Steep));
        var others = Enumerable.Repeat(Group(600, Flat), 6).ToArray();

        Assert.True(Choose([flat, steep, .. others]).Budget < Choose([steep, flat, .. others]).Budget);
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.01, 0.23)]
    [InlineData(0.1, 0.55)]
    [InlineData(1, 1)]
    public void FullerQueue_MakesASecondDearer(double price, double share) => Assert.Equal(share, new MarginalOptions().SlackShareAt(price), 0.01);

    [Fact]
    public void Overload_StopsWhereDegradingCostsMoreThanAnAnswer()
    {
        // Nobody's budget brings fifty in on time. From 16 to 4 tokens a steep question loses .3 for 10 ms; an answer more gains less.
        var queue = Enumerable.Repeat(Group(300, Steep), 50).ToArray();

        Assert.Equal((16, DegradedReason.Load), Choose(queue));
    }

    [Fact]
    public void HeadThatWouldBeLate_GoesBelowThatForItself() => Assert.Equal((4, DegradedReason.Load), Choose(Group(40, Steep), Group(300, Steep)));

    [Theory]
    [InlineData(null, 576)]
    [InlineData(0.09, 576)]
    [InlineData(0.059, 64)] // 50 ms and one for the question, with a margin.
    [InlineData(0.001, 1)]
    public void RowsThatDecode_AreNotMadeLate(double? spareSeconds, int budget)
    {
        var choice = _policy.Choose(new DispatchSituation { Now = TimeSpan.Zero, Queue = new[] { Group(10_000, Steep) }, Profile = Profile, ActiveRows = 1, SpareSeconds = spareSeconds });

        Assert.Equal(budget, choice.Budget);
    }

    [Fact]
    public void Pressed_CountsASecondAsSomebodysAnswer()
    {
        var choice = _policy.Choose(new DispatchSituation { Now = TimeSpan.Zero, Queue = new[] { Group(10_000, Flat) }, Profile = Profile, ActiveRows = 0, Pressed = true });

        Assert.Equal(1, choice.Budget);
    }

    [Theory]
    [InlineData(0, 576)]
    [InlineData(1.5, 144)] // The last 10 ms gain .01: 1 per second.
    [InlineData(5, 36)]
    [InlineData(20, 16)] // Not higher than the worth of an answer, some 19 per second here.
    public void PlansPrice_IsTheLeastThatASecondMustGain(double price, int budget)
    {
        var choice = _policy.Choose(new DispatchSituation { Now = TimeSpan.Zero, Queue = new[] { Group(10_000, Steep) }, Profile = Profile, ActiveRows = 0, Price = price });

        Assert.Equal(budget, choice.Budget);
    }

    [Fact]
    public void Hopeless_GetsItsFloorAndSaysSo() => Assert.Equal((16, DegradedReason.Floor), Choose(Group(5, Steep) with { Range = new(16, 576) }));

    [Fact]
    public void CallersCeiling_IsClass() => Assert.Equal((64, DegradedReason.Class), Choose(Group(10_000, Steep) with { Range = new(1, 64) }));

    [Fact]
    public void CeilingAboveWhatAnswersBest_CostsNothing() => Assert.Equal((144, DegradedReason.None), Choose(Group(10_000, Flat) with { Range = new(1, 144) }));

    [Fact]
    public void WithoutItsFastLoop_ThePlanAloneDecides()
    {
        var policy = new MarginalPolicy(new MarginalOptions { FastLoop = false });
        var queue = Enumerable.Repeat(Group(300, Steep), 20).ToArray();

        Assert.Equal(576, policy.Choose(new DispatchSituation { Now = TimeSpan.Zero, Queue = queue, Profile = Profile, ActiveRows = 0, Pressed = true }).Budget);
    }

    private static PendingGroup Group(double dueMs, double[] values) => new(TimeSpan.FromMilliseconds(dueMs), new(1, 576), false, 1, 1, Values: values);

    private (int Budget, DegradedReason Reason) Choose(params PendingGroup[] queue)
    {
        var decision = _policy.Choose(new DispatchSituation { Now = TimeSpan.Zero, Queue = queue, Profile = Profile, ActiveRows = 0 });
        return (decision.Budget, decision.Reason);
    }
}
