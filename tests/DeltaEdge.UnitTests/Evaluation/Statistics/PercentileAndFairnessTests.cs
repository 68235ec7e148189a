using DeltaEdge.Evaluation.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Evaluation.Statistics;

public sealed class PercentileAndFairnessTests
{
    [Theory]
    [InlineData(0.05, 15)]
    [InlineData(0.30, 20)]
    [InlineData(0.40, 20)]
    [InlineData(0.50, 35)]
    [InlineData(1.00, 50)]
    public void NearestRank_IsAValueThatOccurred(double share, double expected) => Assert.Equal(expected, Percentile.NearestRank([15, 20, 35, 40, 50], share));

    [Fact]
    public void NearestRank_OfAWholeProductIsThatRank() => Assert.Equal(19, Percentile.NearestRank([.. Enumerable.Range(1, 20).Select(i => (double)i)], 0.95));

    [Fact]
    public void NearestRank_OfNothingIsNoNumber() => Assert.Equal(double.NaN, Percentile.NearestRank([], 0.5));

    [Theory]
    [InlineData(1, new[] { 0.3, 0.3, 0.3 })]
    [InlineData(0.25, new[] { 1.0, 0, 0, 0 })]
    [InlineData(0.9, new[] { 1.0, 2 })]
    [InlineData(1, new[] { 0.0, 0 })]
    [InlineData(1, new double[0])]
    public void Jain_IsOneWhenEvenAndOneOverCountWhenOneHasAll(double expected, double[] shares) => Assert.Equal(expected, Fairness.Jain(shares), 1e-9);

    [Fact]
    public void Jain_LiesBetweenOneOverCountAndOne_WhateverTheUnit() => Prop.ForAll(
        Gen.Choose(0, 1000).Select(s => s / 1000.0).NonEmptyListOf().ToArbitrary(),
        Gen.Choose(1, 100).ToArbitrary(),
        (shares, unit) =>
        {
            var jain = Fairness.Jain([.. shares]);
            Assert.InRange(jain, (1.0 / shares.Count) - 1e-9, 1 + 1e-9);
            Assert.Equal(jain, Fairness.Jain([.. shares.Select(s => s * unit)]), 1e-9);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
