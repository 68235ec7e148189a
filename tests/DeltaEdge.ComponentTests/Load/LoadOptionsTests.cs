using DeltaEdge.Cli.Load;

namespace DeltaEdge.ComponentTests.Load;

public sealed class LoadOptionsTests
{
    private static readonly LoadOptions Usual = new()
    {
        Url = "http://127.0.0.1:8080",
        Times = 2.5,
        Seconds = 20,
        SlaClass = "priority",
        Budget = "auto",
        Seed = 1,
    };

    [Fact]
    public void WhatCanBe_IsNoProblem()
    {
        Assert.Null(Usual.Problem);
        Assert.Null((Usual with { Rate = 0.5, Budget = "144" }).Problem);
    }

    [Theory]
    [InlineData(-5.0)]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void RateThatCannotBe_IsNamed(double rate)
    {
        Assert.StartsWith("--rate is ", (Usual with { Rate = rate }).Problem, StringComparison.Ordinal);
        Assert.StartsWith("--times is ", (Usual with { Times = rate }).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("57x")]
    [InlineData("-4")]
    [InlineData("0")]
    [InlineData("")]
    public void BudgetThatCannotBe_IsNamed(string budget) =>
        Assert.Equal($"--budget is '{budget}'; allowed: auto, or a budget of the model, for example 144.", (Usual with { Budget = budget }).Problem);

    [Fact]
    public void OtherOptions_AreNamedToo()
    {
        Assert.Equal("--seconds is 0; allowed: 1 to 86400.", (Usual with { Seconds = 0 }).Problem);
        Assert.StartsWith("--url is 'ftp://x'", (Usual with { Url = "ftp://x" }).Problem, StringComparison.Ordinal);
    }
}
