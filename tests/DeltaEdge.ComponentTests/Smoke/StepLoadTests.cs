using DeltaEdge.Cli.Load;
using DeltaEdge.Cli.Smoke;

namespace DeltaEdge.ComponentTests.Smoke;

public sealed class StepLoadTests
{
    private const int Step = 10;

    [Theory]
    [InlineData("36 38", "36 36", null)] // Under the mean of those before, and no smaller than the least of them.
    [InlineData("36 38", "36 16 4", 2000.0)]
    [InlineData("36 38", "", null)]
    [InlineData("", "16", null)]
    public void FirstDown_IsTheFirstBelowAllBefore(string before, string after, double? expected) =>
        Assert.Equal(expected, StepLoad.FirstDownMs([.. Answers(before, 1), .. Answers(after, Step + 1)], Step));

    [Fact]
    public void AsksWithoutAnAnswer_HaveNoBudget() =>
        Assert.Null(StepLoad.FirstDownMs([.. Answers("36", 1), new LoadResult(TimeSpan.FromSeconds(Step), 5, 503, 0, false)], Step));

    /// <summary>A second of silence is no second at one token and no latency, nor is one of refusals.</summary>
    [Fact]
    public void SecondWithoutAnAnswer_HasNoBudgetAndNoLatency() => Assert.Equal(
        [new(0, 1, 36, 50, 1), new(1, 0, null, null, null), new(2, 1, null, null, 0)],
        StepLoad.PerSecond([.. Answers("36", 0), new LoadResult(TimeSpan.FromSeconds(2), 5, 503, 0, false)], seconds: 3));

    /// <summary>One answer a second with these budgets.</summary>
    private static IEnumerable<LoadResult> Answers(string budgets, int from) => budgets.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select((budget, i) => new LoadResult(TimeSpan.FromSeconds(from + i), 50, 200, int.Parse(budget, System.Globalization.CultureInfo.InvariantCulture), true));
}
