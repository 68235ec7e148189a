using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Capacity;
using DeltaEdge.Core.Profiles;
using FsCheck;
using FsCheck.Fluent;
using static DeltaEdge.UnitTests.Core.Capacity.CapacityFixtures;

namespace DeltaEdge.UnitTests.Core.Capacity;

public sealed class AdmissionModelTests
{
    private static readonly Gen<(StreamShape[] Present, StreamShape Wanted, LatencyProfile Profile)> Cases =
        from present in Fleets
        from wanted in Shapes
        from profile in Profiles
        select (present, wanted, profile);

    private static readonly AdmissionModel Model = new(Reports.Profile(), Accuracy, Limits);

    [Fact]
    public void Admitted_FitsTheEngine_AndIsBetweenFloorAndCeiling() => Check(Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var admission = new AdmissionModel(c.Profile, Accuracy, Limits).Judge(c.Present, c.Wanted);

        Assert.True(c.Wanted.Range.Contains(admission.Budget));
        Assert.True(admission.Utilisation >= admission.FloorUtilisation - 1e-9);
        Assert.True(!admission.IsAdmitted || admission.Utilisation <= Limits.Utilisation + 1e-9);
    }));

    [Fact]
    public void Refused_DoesNotFitAtFloors() => Check(Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var model = new AdmissionModel(c.Profile, Accuracy, Limits);
        var admission = model.Judge(c.Present, c.Wanted);

        Assert.True(admission.IsAdmitted
            || admission.FloorUtilisation > Limits.Utilisation - 1e-9
            || model.FloorSeconds(c.Wanted) > c.Wanted.DeadlineSeconds);
    }));

    [Fact]
    public void MoreDemand_IsNeverAdmittedWhereLessWasRefused() => Check(Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var model = new AdmissionModel(c.Profile, Accuracy, Limits);
        var refused = !model.Judge(c.Present, c.Wanted).IsAdmitted;

        Assert.False(refused && model.Judge([.. c.Present, c.Wanted], c.Wanted).IsAdmitted);
        Assert.False(refused && model.Judge(c.Present, c.Wanted with { FramesPerSecond = c.Wanted.FramesPerSecond * 2 }).IsAdmitted);
        Assert.False(refused && model.Judge(c.Present, c.Wanted with { DeadlineSeconds = c.Wanted.DeadlineSeconds / 2 }).IsAdmitted);
        Assert.False(refused && model.Judge(c.Present, c.Wanted with { Questions = c.Wanted.Questions.AddRange(c.Wanted.Questions) }).IsAdmitted);
    }));

    [Fact]
    public void WhatIsSaidToFit_Fits() => Check(Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var model = new AdmissionModel(c.Profile, Accuracy, Limits);
        var slow = c.Wanted with { DeadlineSeconds = 5 };
        foreach (var fit in new AdmissionAdvice(model, Ladder, 0.1).WhatFits(c.Present, c.Wanted, [new("flex", slow)]))
        {
            var last = fit.Split(' ')[^1];
            var changed = fit switch
            {
                "in class flex" => slow,
                _ when fit.EndsWith("frames/s", StringComparison.Ordinal) => c.Wanted with { FramesPerSecond = Number(fit.Split(' ')[1]) },
                _ when fit.Contains("min_tokens", StringComparison.Ordinal) => c.Wanted with { Range = c.Wanted.Range with { Floor = (int)Number(last) } },
                _ => c.Wanted with { Questions = c.Wanted.Questions[..(int)Number(fit.Split(' ')[1])] },
            };
            Assert.True(model.Judge(c.Present, changed).IsAdmitted, fit);
        }
    }));

    [Fact]
    public void EmptyWorker_GivesTheMostAccurateBudget_NotTheLargest()
    {
        var admission = Model.Judge([], Camera(deadlineMs: 500));

        Assert.Null(admission.Refusal);
        Assert.Equal(144, admission.Budget);
        Assert.Equal(0.88, Assert.Single(admission.Accuracy).Value);
    }

    [Fact]
    public void BusyWorker_GivesLess_ThenRefuses()
    {
        var budgets = Enumerable.Range(0, 30)
            .Select(streams => Model.Judge([.. Enumerable.Repeat(Camera(), streams)], Camera()))
            .Where(admission => admission.IsAdmitted).Select(admission => admission.Budget).ToArray();

        Assert.Equal(budgets.OrderDescending(), budgets);
        Assert.Equal(1, budgets[^1]);
        Assert.InRange(budgets.Length, 20, 25); // 40 ms of the engine each at one token, 95 % of it to give.
    }

    [Fact]
    public void TooManyFrames_AreRefusedWithWhatFits()
    {
        var wanted = Camera(framesPerSecond: 30, questions: 3, floor: 64);

        var admission = Model.Judge([Camera(framesPerSecond: 2)], wanted);

        Assert.Contains("would be 218 % busy; at most 95 % are given away", admission.Refusal, StringComparison.Ordinal);
        Assert.Equal(64, admission.Budget);
        Assert.Equal(["at 12.4 frames/s"], Advice([Camera(framesPerSecond: 2)], wanted));
    }

    [Fact]
    public void LittleTooMuch_FitsWithFewerQuestionsOrALowerFloor()
    {
        var wanted = Camera(framesPerSecond: 12, questions: 4, floor: 144);

        Assert.Equal(["at 10.2 frames/s", "with 1 question", "with min_tokens 64"], Advice([], wanted));
    }

    [Fact]
    public void FrameLongerThanTheDeadline_IsRefusedAndFitsAPatientClass()
    {
        var wanted = Camera(deadlineMs: 49, floor: 576);

        Assert.Equal("A frame of this stream takes 146 ms of the engine at its smallest budget, longer than its deadline of 49 ms.", Model.Judge([], wanted).Refusal);
        Assert.Equal(["with min_tokens 16", "in class flex"], Advice([], wanted, new KeyValuePair<string, StreamShape>("flex", wanted with { DeadlineSeconds = 5 })));
    }

    [Fact]
    public void ChangeThatAsksLess_FitsEvenAnOverfullWorker()
    {
        StreamShape[] others = [Camera(framesPerSecond: 60)];
        var now = Camera(framesPerSecond: 5);

        Assert.True(Model.Judge(others, now with { FramesPerSecond = 4 }, changed: now).IsAdmitted);
        Assert.False(Model.Judge(others, now with { FramesPerSecond = 6 }, changed: now).IsAdmitted);
    }

    [Fact]
    public void FourDemoCameras_FitAMachineFourTimesSlower()
    {
        var model = new AdmissionModel(Reports.Profile(4), Accuracy, Limits);
        StreamShape[] cameras = [Camera(questions: 3), Camera(questions: 2), Camera(questions: 2, deadlineMs: 500), Camera(questions: 2, deadlineMs: 500)];

        for (var i = 0; i < cameras.Length; i++)
        {
            Assert.Null(model.Judge(cameras[..i], cameras[i]).Refusal);
        }
    }

    private static IEnumerable<string> Advice(StreamShape[] present, StreamShape wanted, params KeyValuePair<string, StreamShape>[] classes) =>
        new AdmissionAdvice(Model, Ladder, 0.1).WhatFits(present, wanted, classes);

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
