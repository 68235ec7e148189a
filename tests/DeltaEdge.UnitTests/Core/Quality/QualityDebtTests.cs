using DeltaEdge.Core.Quality;

namespace DeltaEdge.UnitTests.Core.Quality;

public sealed class QualityDebtTests
{
    private readonly QualityDebt _debt = new();

    [Fact]
    public void EveryAskShort_OwesASecondASecond() => Assert.Equal(10, Run(10, every: 0.5, i => true), precision: 9);

    [Fact]
    public void NoAskShort_OwesNothing() => Assert.Equal(0, Run(10, every: 0.5, i => false));

    [Fact]
    public void EveryOtherAskShort_OwesHalf() => Assert.Equal(5, Run(10, every: 0.25, i => i % 2 == 0), precision: 9);

    [Fact]
    public void IdleTime_OwesNothing()
    {
        Run(10, every: 0.5, i => true);

        Assert.Equal(QualityDebt.LongestGap.TotalSeconds, _debt.Ended("default", TimeSpan.FromHours(1), fellShort: true));
    }

    [Fact]
    public void RecoveryPaysNothingBackAndEndsTheDebt()
    {
        Assert.True(_debt.Ended("default", TimeSpan.FromSeconds(1), fellShort: true) > 0);
        Assert.Equal(0, _debt.Ended("default", TimeSpan.FromSeconds(2), fellShort: false));
        Assert.Equal(0.5, _debt.Ended("default", TimeSpan.FromSeconds(2.5), fellShort: true));
    }

    [Fact]
    public void Classes_OweApart()
    {
        _debt.Ended("default", TimeSpan.FromSeconds(1), fellShort: false);
        _debt.Ended("priority", TimeSpan.FromSeconds(1.9), fellShort: false);

        Assert.Equal(1, _debt.Ended("default", TimeSpan.FromSeconds(2), fellShort: true));
        Assert.Equal(0.1, _debt.Ended("priority", TimeSpan.FromSeconds(2), fellShort: true), precision: 9);
    }

    [Fact]
    public void EndsOutOfOrder_CountNoTimeTwice()
    {
        _debt.Ended("default", TimeSpan.FromSeconds(1), fellShort: false);

        Assert.Equal(1, _debt.Ended("default", TimeSpan.FromSeconds(2), fellShort: true));
        Assert.Equal(0, _debt.Ended("default", TimeSpan.FromSeconds(1.5), fellShort: true));
        Assert.Equal(1, _debt.Ended("default", TimeSpan.FromSeconds(3), fellShort: true));
    }

    private double Run(double seconds, double every, Func<int, bool> isShort)
    {
        _debt.Ended("default", TimeSpan.Zero, fellShort: false);
        var sum = 0.0;
        for (var i = 1; i * every <= seconds; i++)
        {
            sum += _debt.Ended("default", TimeSpan.FromSeconds(i * every), isShort(i));
        }

        return sum;
    }
}
