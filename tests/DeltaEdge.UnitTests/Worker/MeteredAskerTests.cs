using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Questions;
using DeltaEdge.Inference.Asking;
using DeltaEdge.UnitTests.Worker.Quality;

namespace DeltaEdge.UnitTests.Worker;

public sealed class MeteredAskerTests : IDisposable
{
    private readonly ProbeWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task EveryAsk_CarriesItsStreamsCurve()
    {
        _world.Book.Learn(7, QuestionKind.Count, 4, agrees: false);

        await _world.Asker.AskAsync(_world.Model, _world.Request(stream: 7), CancellationToken.None);
        await _world.Asker.AskAsync(_world.Model, _world.Request(stream: 0), CancellationToken.None);

        var asked = _world.Engine.Asked.ToArray();
        Assert.Same(_world.Book.Of(7, QuestionKind.Count, "default"), asked[0].Quality);
        Assert.Same(_world.Book.Of(0, QuestionKind.Count, "default"), asked[1].Quality);
        Assert.NotSame(asked[0].Quality, asked[1].Quality);
    }

    [Fact]
    public async Task Info_SaysCorrectedAccuracyAndTheFloorInForce()
    {
        _world.Engine.Answers = (_, _) => Task.FromResult(FakeEngine.Outcome(4, "3"));
        var (_, before) = await _world.Asker.AskAsync(_world.Model, _world.Request(), CancellationToken.None);
        _world.Book.Learn(7, QuestionKind.Count, 4, agrees: false);
        var (_, after) = await _world.Asker.AskAsync(_world.Model, _world.Request(), CancellationToken.None);

        Assert.Equal((0.84, 4, "made up"), (before.ExpectedAccuracy, before.Floor, before.AccuracyBasis));
        Assert.True(after.ExpectedAccuracy < 0.84);
        Assert.Contains("probes", after.AccuracyBasis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 576, 16)]
    [InlineData(64, 576, 64)]
    [InlineData(1, 4, 4)]
    public async Task Floor_IsTheKindsWithinTheAskedRange(int floor, int ceiling, int inForce)
    {
        var (_, info) = await _world.Asker.AskAsync(_world.Model, _world.Request(kind: QuestionKind.Read) with { Range = new BudgetRange(floor, ceiling) }, CancellationToken.None);

        Assert.Equal(inForce, info.Floor);
    }

    [Fact]
    public async Task DegradedAnswers_AreKeptForProbes()
    {
        await _world.Asker.AskAsync(_world.Model, _world.Request() with { OnText = _ => { } }, CancellationToken.None);
        Assert.Equal(0, _world.Reservoir.Count); // At 576: nothing to learn.

        _world.Engine.Answers = (_, _) => Task.FromResult(FakeEngine.Outcome(16, "3"));
        await _world.Asker.AskAsync(_world.Model, _world.Request() with { OnText = _ => { } }, CancellationToken.None);

        var kept = _world.Reservoir.Next(_world.Clock.Now);
        Assert.Equal((16, "3"), (kept!.Outcome.Budget, kept.Outcome.Text));
        Assert.Null(kept.Ask.OnText);

        _world.Engine.Answers = (_, _) => Task.FromResult(FakeEngine.Outcome(4, "", AskStatus.Expired));
        await _world.Asker.AskAsync(_world.Model, _world.Request(stream: 8), CancellationToken.None);
        Assert.Equal(1, _world.Reservoir.Count);
    }

    [Theory]
    [InlineData(AskStatus.OnTime, DegradedReason.None, 0)]
    [InlineData(AskStatus.OnTime, DegradedReason.Class, 0)]
    [InlineData(AskStatus.OnTime, DegradedReason.Load, 0.5)]
    [InlineData(AskStatus.Late, DegradedReason.Floor, 0.5)]
    [InlineData(AskStatus.Overloaded, DegradedReason.None, 0.5)]
    [InlineData(AskStatus.Expired, DegradedReason.None, 0.5)]
    [InlineData(AskStatus.Failed, DegradedReason.None, 0)]
    public async Task QualityDebt_IsTheTimeThatLoadKeptAClassBelowItsTarget(AskStatus status, DegradedReason reason, double seconds)
    {
        await _world.Asker.AskAsync(_world.Model, _world.Request(), CancellationToken.None);
        _world.Time.Advance(TimeSpan.FromMilliseconds(500));
        _world.Engine.Answers = (_, _) => Task.FromResult(FakeEngine.Outcome(4, "3", status) with { DegradedReason = reason });
        await _world.Asker.AskAsync(_world.Model, _world.Request(), CancellationToken.None);

        Assert.Equal(seconds, _world.Measured["deltaedge_quality_debt_seconds_total,default"], precision: 9);
    }

    [Theory]
    [InlineData(AskStatus.OnTime, 1, 1)]
    [InlineData(AskStatus.Late, 1, 0)]
    [InlineData(AskStatus.Expired, 1, 0)]
    [InlineData(AskStatus.Overloaded, 1, 0)]
    [InlineData(AskStatus.Cancelled, 0, 0)]
    [InlineData(AskStatus.TooLong, 0, 0)]
    [InlineData(AskStatus.Failed, 0, 0)]
    [InlineData(AskStatus.Unreadable, 0, 0)]
    public async Task PlannersOutcomes_AreThoseThatBudgetsDecide(AskStatus status, int finished, int onTime)
    {
        _world.Asker.Arrived(_world.Model, 0, "default", BudgetRange.Whole(TokenLadder.Default), QuestionKind.Count);
        _world.Engine.Answers = (_, _) => Task.FromResult(FakeEngine.Outcome(4, "3", status));
        await _world.Asker.AskAsync(_world.Model, _world.Request(), CancellationToken.None);

        var load = Assert.Single(_world.Load.Read().Classes);
        Assert.Equal((finished, onTime), (load.Finished, load.OnTime));
    }

    [Fact]
    public void Gated_IsCountedApart()
    {
        _world.Asker.Gated("default");

        Assert.Equal(1, _world.Measured["deltaedge_frames_total,default,gated"]);
    }
}
