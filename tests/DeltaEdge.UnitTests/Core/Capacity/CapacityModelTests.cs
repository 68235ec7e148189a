using DeltaEdge.Core.Capacity;
using FsCheck;
using FsCheck.Fluent;
using static DeltaEdge.UnitTests.Core.Capacity.CapacityFixtures;

namespace DeltaEdge.UnitTests.Core.Capacity;

public sealed class CapacityModelTests
{
    private static readonly Gen<(StreamShape Shape, CapacityModel Model)> Cases =
        from shape in Shapes
        from profile in Profiles
        select (shape, new CapacityModel(profile, Accuracy, Limits));

    private static readonly CapacityModel Model = new(Reports.Profile(), Accuracy, Limits);

    [Fact]
    public void FewerTokens_NeverTakeFewerStreams() => Check(Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var streams = c.Model.Answer(c.Shape).Budgets.Select(b => b.Streams).ToArray();
        Assert.Equal(streams.Order(), streams);
    }));

    [Fact]
    public void MoreFrames_NeverTakeMoreStreams() => Check(Prop.ForAll(Cases.ToArbitrary(), c =>
        NeverMore(c.Model, c.Shape, c.Shape with { FramesPerSecond = c.Shape.FramesPerSecond * 1.5 })));

    [Fact]
    public void MoreQuestions_NeverTakeMoreStreams() => Check(Prop.ForAll(Cases.ToArbitrary(), c =>
        NeverMore(c.Model, c.Shape, c.Shape with { Questions = c.Shape.Questions.Add(c.Shape.Questions[0]) })));

    [Fact]
    public void TighterSla_NeverTakesMoreStreams() => Check(Prop.ForAll(Cases.ToArbitrary(), c =>
        NeverMore(c.Model, c.Shape, c.Shape with { DeadlineSeconds = c.Shape.DeadlineSeconds * 0.7 })));

    [Fact]
    public void WhatFits_IsInsideItsLimits_AndOneMoreIsNot() => Check(Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var budgets = c.Model.Answer(c.Shape).Budgets;
        for (var rung = 0; rung < budgets.Length; rung++)
        {
            Assert.True(budgets[rung].Streams == 0 || (budgets[rung].Utilisation <= Limits.Utilisation && budgets[rung].P99Seconds <= c.Shape.DeadlineSeconds));
            var more = c.Model.Forecast(c.Shape, rung, budgets[rung].Streams + 1);
            Assert.False(more.Utilisation <= Limits.Utilisation && more.Holds(Limits.Attainment));
        }
    }));

    [Fact]
    public void Best_KeepsRangeAndAccuracy() => Check(Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        if (c.Model.Answer(c.Shape, accuracyFloor: 0.8).Best is { } best)
        {
            Assert.True(c.Shape.Range.Contains(best.Budget));
            Assert.True(best.MeanAccuracy >= 0.8);
        }
    }));

    [Fact]
    public void Workers_Multiply() => Assert.Equal(3 * Model.Answer(Camera()).Best!.Streams, Model.Answer(Camera(), workers: 3).Best!.Streams);

    [Fact]
    public void AccuracyFloor_ChoosesTheBudget()
    {
        Assert.Equal(4, Model.Answer(Camera()).Best!.Budget); // As many streams as at 1 token, and more accurate.
        Assert.Equal(16, Model.Answer(Camera(), accuracyFloor: 0.8).Best!.Budget);
        Assert.Equal(144, Model.Answer(Camera(), accuracyFloor: 0.87).Best!.Budget);
        Assert.Null(Model.Answer(Camera(), accuracyFloor: 0.95).Best);
    }

    [Fact]
    public void LateAlone_FitsNone()
    {
        var answer = Model.Answer(Camera(deadlineMs: 30));

        Assert.Null(answer.Best);
        Assert.All(answer.Budgets, b => Assert.True(b.Streams == 0 && b.P99Seconds > 0.03));
    }

    [Fact]
    public void GroupSeconds_ShareDecodeSteps_AndShrinkAsAnswersEnd()
    {
        var shape = Camera() with { Questions = [new(default, 3), new(default, 1)] };

        // Frame 25, prefix 4, two questions 10, one step of two rows 3.5, two of one row 3 each; milliseconds.
        Assert.Equal(0.0485, shape.Seconds(Reports.Profile(), Ladder.Count - 1), 6);
    }

    [Fact]
    public void GroupSeconds_MoreRowsThanMeasured_TakeTurns()
    {
        var shape = Camera(questions: 17) with { Questions = [.. Enumerable.Repeat(new ExpectedQuestion(default, 1), 17)] };

        Assert.Equal(0.025 + 0.004 + (17 * 0.005) + 0.007 + 0.003, shape.Seconds(Reports.Profile(), Ladder.Count - 1), 6);
    }

    private static void NeverMore(CapacityModel model, StreamShape shape, StreamShape harder)
    {
        foreach (var (before, after) in model.Answer(shape).Budgets.Zip(model.Answer(harder).Budgets))
        {
            Assert.True(after.Streams <= before.Streams, $"{after.Budget} tokens: {before.Streams} became {after.Streams}");
        }
    }
}
