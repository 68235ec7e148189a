using DeltaEdge.Core.Planning.Demand;

namespace DeltaEdge.UnitTests.Worker;

public sealed class SlidingWindowTests
{
    [Fact]
    public void Totals_CountOnlyTheWindow()
    {
        var window = CreateWindow();
        Finish(window, At(0.05));
        Finish(window, At(0.95));

        Assert.Equal(2, window.Read(At(0.99)).Finished);
        Assert.Equal(1, window.Read(At(1.2)).Finished);
        Assert.Equal(0, window.Read(At(2.5)).Finished);
    }

    [Fact]
    public void SlotsAreReused_WithoutOldCounts()
    {
        var window = CreateWindow();
        for (var second = 0; second < 50; second++)
        {
            Finish(window, At(second));
        }

        Assert.Equal(1, window.Read(At(49)).Finished);
    }

    [Fact]
    public void Percentile_IsNearestRank()
    {
        var window = CreateWindow();
        for (var i = 1; i <= 20; i++)
        {
            window.Finished(At(0.5), onTime: true, budget: 144, seconds: i / 100.0, tokens: 3);
        }

        var totals = window.Read(At(0.5));

        Assert.Equal(0.19, totals.Percentile(0.95), 6);
        Assert.Equal(144, totals.MeanBudget);
        Assert.Equal(20, totals.OnTime);
        Assert.Equal(3, totals.MeanAnswerTokens);
    }

    [Fact]
    public void WithoutAnswers_PercentileAndBudgetAreZero()
    {
        var window = CreateWindow();
        window.Finished(At(0.1), onTime: false, budget: 0, seconds: null, tokens: 0);

        var totals = window.Read(At(0.1));

        Assert.Equal((1, 0, 0d, 0d), (totals.Finished, totals.OnTime, totals.Percentile(0.95), totals.MeanBudget));
    }

    private static SlidingWindow CreateWindow() => new(TimeSpan.FromSeconds(1), 10);

    private static void Finish(SlidingWindow window, TimeSpan now) => window.Finished(now, onTime: true, budget: 144, seconds: 0.1, tokens: 2);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
