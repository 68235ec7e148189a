using DeltaEdge.Core.Capacity;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.UnitTests.Core.Capacity;

public sealed class ProfileFitTests
{
    private const int AnswerTokens = 2;

    [Fact]
    public void WhatTheProfilePredicts_LeavesItAsItIs() => AssertSame(Reports.Profile(), Fit(Reports.Profile(), Reports.Profile()));

    [Fact]
    public void SlowerMachine_ScalesEveryStage() => AssertSame(Reports.Profile(1.7), Fit(Reports.Profile(), Reports.Profile(1.7)));

    [Fact]
    public void DearerPrefixes_AreThePrefixesOwn()
    {
        var dearer = Reports.Profile() with { PrefixSeconds = [0.22, 0.08, 0.044, 0.028, 0.016, 0.01, 0.004] };

        AssertSame(dearer, Fit(Reports.Profile(), dearer));
    }

    [Fact]
    public void Noise_NeverMakesMoreTokensCheaper()
    {
        MeasuredCell[] cells = [.. Enumerable.Range(0, CapacityFixtures.Ladder.Count).Select(rung => new MeasuredCell(rung, 1, 0.05 + (0.001 * rung), 0.06))];

        var prefixes = ProfileFit.Fit(Reports.Profile(), cells, AnswerTokens).PrefixSeconds;

        Assert.Equal(prefixes.OrderDescending(), prefixes);
    }

    [Fact]
    public void TailMargin_IsTheUsualRatio() =>
        Assert.Equal(1.5, ProfileFit.TailMargin([new(0, 1, 0.1, 0.11), new(0, 2, 0.2, 0.3), new(0, 4, 0.4, 4)]), 6);

    private static LatencyProfile Fit(LatencyProfile profile, LatencyProfile truth) => ProfileFit.Fit(
        profile,
        [.. from rung in Enumerable.Range(0, CapacityFixtures.Ladder.Count)
            from batch in (int[])[1, 2, 4, 8]
            let seconds = (batch * (truth.FrameSeconds + truth.PrefixSeconds[rung] + truth.QuestionSeconds)) + (AnswerTokens * truth.DecodeStep(batch))
            select new MeasuredCell(rung, batch, seconds, 1.1 * seconds)],
        AnswerTokens);

    private static void AssertSame(LatencyProfile expected, LatencyProfile actual)
    {
        Assert.Equal(expected.FrameSeconds, actual.FrameSeconds, 6);
        Assert.Equal(expected.QuestionSeconds, actual.QuestionSeconds, 6);
        Assert.All(expected.PrefixSeconds.Zip(actual.PrefixSeconds), pair => Assert.Equal(pair.First, pair.Second, 6));
        Assert.All(expected.DecodeStepSeconds.Zip(actual.DecodeStepSeconds), pair => Assert.Equal(pair.First, pair.Second, 6));
        Assert.Equal(1, actual.Correction);
    }
}
