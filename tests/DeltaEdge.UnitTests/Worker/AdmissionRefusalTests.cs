using System.Collections.Immutable;
using DeltaEdge.Worker.StreamApi;

namespace DeltaEdge.UnitTests.Worker;

public sealed class AdmissionRefusalTests
{
    [Fact]
    public void WhatFits_IsInTheMessage()
    {
        var error = AdmissionDesk.Refuse(Answer(["at 0.8 frames/s", "with 2 questions", "in class flex"]));

        Assert.Equal("The engine is full. It fits at 0.8 frames/s, or with 2 questions, or in class flex.", error.Message);
        Assert.Equal((503, "server_error", null, "insufficient_capacity", null), (error.Status, error.Type, error.Param, error.Code, error.RetryAfterSeconds));
    }

    [Fact]
    public void NothingFits_SaysWhatElseToDo() => Assert.Equal(
        "The engine is full. No smaller version of it fits either. Remove another stream, lower its rate, or add a worker.",
        AdmissionDesk.Refuse(Answer([])).Message);

    private static AdmissionAnswer Answer(ImmutableArray<string> fits) => new()
    {
        Admitted = false,
        Reason = "The engine is full.",
        Fits = fits,
        Budget = 1,
        PredictedUtilisation = 1.2,
        FloorUtilisation = 1.2,
        PredictedP99Ms = null,
        ExpectedAccuracy = ImmutableSortedDictionary<string, double>.Empty,
        AccuracyBasis = "test",
    };
}
