using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.UnitTests.Evaluation.Workloads;

public sealed class WorkloadSetTests
{
    private static readonly WorkloadSettings Settings = new() { CapacityPerSecond = 100, DurationSeconds = 120, Seed = 7 };

    [Theory]
    [InlineData("w1-rho0.3", 30, 1)]
    [InlineData("w1-rho2.25", 225, 1)]
    [InlineData("w1-rho4", 400, 1)]
    [InlineData("w2-cv1", 200, 1)]
    [InlineData("w2-cv8", 200, 8)]
    [InlineData("w2-cv4-rho3", 300, 4)]
    [InlineData("w7-worker-loss", 90, 1)]
    [InlineData("w8-shared-state-rho0.7", 70, 1)]
    public void ConstantLoad_HasTheNamedRate(string name, double rate, double dispersion)
    {
        var workload = WorkloadSet.Find(name, Settings)!;

        // Four standard deviations of a count whose variance is that many times its mean.
        var expected = rate * Settings.DurationSeconds;
        Assert.InRange(workload.Arrivals.Length, expected - (4 * Math.Sqrt(dispersion * expected)), expected + (4 * Math.Sqrt(dispersion * expected)));
    }

    [Theory]
    [InlineData("w4-functions", 120, 0.3)]
    [InlineData("w5-diurnal-rho2", 200, 0.05)]
    public void ShapedLoad_HasTheNamedRateOnAverageOverSeeds(string name, double rate, double tolerance)
    {
        var mean = Enumerable.Range(0, 8).Average(seed => WorkloadSet.Find(name, Settings with { Seed = seed })!.Arrivals.Length) / Settings.DurationSeconds;

        Assert.InRange(mean, rate * (1 - tolerance), rate * (1 + tolerance));
    }

    [Theory]
    [InlineData("w2-cv1", 1)]
    [InlineData("w2-cv2", 2)]
    [InlineData("w2-cv4", 4)]
    [InlineData("w2-cv8", 8)]
    public void Bursts_SpreadTheCountsOfSecondsAsNamed(string name, double cv2)
    {
        // Over times much longer than an interval a renewal process's counts have cv² times their mean for a variance; an even base has none.
        var workload = WorkloadSet.Find(name, Settings with { DurationSeconds = 1500 })!;
        var counts = workload.Arrivals.GroupBy(a => (int)a.AtSeconds).Select(g => (double)g.Count()).ToList();
        var mean = counts.Average();

        Assert.InRange(counts.Average(c => (c - mean) * (c - mean)) / mean, 0.75 * cv2 * 0.85, 0.75 * cv2 * 1.15);
    }

    [Fact]
    public void Bursts_VaryTheIntervalsTheMoreTheHigherTheNumber()
    {
        var variations = new[] { "w2-cv1", "w2-cv2", "w2-cv4", "w2-cv8" }.Select(n => Variation(WorkloadSet.Find(n, Settings)!)).ToArray();

        Assert.Equal(variations.Order(), variations);
        Assert.True(variations[0] < 1 && variations[3] > 1.8);
    }

    [Theory]
    [InlineData("step", 1)]
    [InlineData("step-rho2", 0.5)]
    public void Step_IsTenfoldForTheMiddleThird(string name, double share)
    {
        var workload = WorkloadSet.Find(name, Settings)!;
        int Between(double from, double to) => workload.Arrivals.Count(a => a.AtSeconds >= from && a.AtSeconds < to);

        Assert.Equal((40, 80), (workload.StepAtSeconds, workload.StepEndsAtSeconds));
        Assert.InRange(Between(0, 40), (1600 * share) - 160, (1600 * share) + 160);
        Assert.InRange(Between(40, 80), (16000 * share) - 510, (16000 * share) + 510);
        Assert.InRange(Between(80, 120), (1600 * share) - 160, (1600 * share) + 160);
    }

    [Fact]
    public void Ramp_ClimbsAsFastAsNamed_WhateverTheCapacity()
    {
        // A slope of 250 for 500 asks/s is half the capacity each second: from 0.5 to 4 within 7 s, from second 20 on.
        var workload = WorkloadSet.Find("w3-ramp-250", Settings)!;
        int Between(double from, double to) => workload.Arrivals.Count(a => a.AtSeconds >= from && a.AtSeconds < to);

        Assert.InRange(Between(0, 20), 1000 - 130, 1000 + 130);
        Assert.InRange(Between(20, 27), 1575 - 160, 1575 + 160);
        Assert.InRange(Between(27, 37), 4000 - 260, 4000 + 260);
    }

    [Fact]
    public void Diurnal_HasTheShapeOfThePublishedTraces()
    {
        var workload = WorkloadSet.Find("w5-diurnal", Settings with { CapacityPerSecond = 200, DurationSeconds = 290 })!;
        var seconds = workload.Arrivals.GroupBy(a => (int)a.AtSeconds).Select(g => g.Count()).ToList();
        var mean = workload.Arrivals.Length / workload.DurationSeconds;

        Assert.InRange(seconds.Max() / mean, 2.5, 6);
        Assert.True(seconds.Min() / mean < 0.25);
        Assert.InRange(Variation(workload), 2, 4.2);
    }

    [Fact]
    public void Functions_AreHeavyTailed()
    {
        var workload = WorkloadSet.Find("w4-functions", Settings)!;
        var counts = workload.Arrivals.GroupBy(a => a.Stream).Select(g => g.Count()).OrderDescending().ToList();

        Assert.True(counts.Take(12).Sum() > 0.6 * workload.Arrivals.Length, "A fifth of the functions makes most calls.");
        Assert.True(counts[0] > 20 * counts[^1]);
    }

    [Fact]
    public void Clients_AskInBothClassesAndByTheMix()
    {
        var streams = WorkloadSet.Find("w1-rho1", Settings)!.Streams;

        Assert.Equal(64, streams.Length);
        Assert.Equal(16, streams.Count(s => s.SlaClass == "priority" && s.DeadlineSeconds == 0.3));
        Assert.Equal(48, streams.Count(s => s.SlaClass == "default" && s.DeadlineSeconds == 0.5));
        Assert.InRange(streams.Count(s => s.Kinds[0] == QuestionKind.YesNo), 18, 20);
        Assert.InRange(streams.Count(s => s.Kinds[0] == QuestionKind.Read), 6, 7);
        Assert.All(streams, s => Assert.Equal((1, 576), (s.Range.Floor, s.Range.Ceiling)));
    }

    [Fact]
    public void MixOfOneKind_AsksOnlyThat()
    {
        var settings = Settings with { KindMix = new([new(QuestionKind.Read, 2)]) };

        Assert.All(WorkloadSet.Find("w6-cameras", settings)!.Streams, s => Assert.All(s.Kinds, k => Assert.Equal(QuestionKind.Read, k)));
    }

    [Fact]
    public void WorkerLoss_TakesOneAfterTheOther()
    {
        var faults = WorkloadSet.Find("w7-worker-loss", Settings with { DurationSeconds = 40, Workers = 2 })!.Faults;

        Assert.Equal([new(12, 0, false), new(18, 0, true), new(24, 1, false), new(30, 1, true), new(36, 0, false)], faults.AsEnumerable());
    }

    [Theory]
    [InlineData("w9")]
    [InlineData("w1")]
    [InlineData("w1-rho")]
    [InlineData("w1-rho0")]
    [InlineData("w1-rho-1")]
    [InlineData("w1-rho1x")]
    [InlineData("w2-rho2")]
    [InlineData("w2-cv4-rho2-rho3")]
    [InlineData("w6-cameras-n")]
    [InlineData("")]
    public void UnknownName_GivesNull(string name) => Assert.Null(WorkloadSet.Find(name, Settings));

    [Theory]
    [InlineData(0, 60, 4)]
    [InlineData(double.NaN, 60, 4)]
    [InlineData(10, double.PositiveInfinity, 4)]
    [InlineData(10, 60, 0)]
    public void SettingsOutOfRange_Throw(double capacity, double duration, int workers) => Assert.Throws<ArgumentException>(
        () => WorkloadSet.Find("step", new() { CapacityPerSecond = capacity, DurationSeconds = duration, Workers = workers }));

    /// <summary>Squared coefficient of variation of the intervals between arrivals.</summary>
    private static double Variation(Workload workload)
    {
        var gaps = workload.Arrivals.Zip(workload.Arrivals.Skip(1), (a, b) => b.AtSeconds - a.AtSeconds).ToList();
        var mean = gaps.Average();
        return gaps.Average(g => (g - mean) * (g - mean)) / (mean * mean);
    }
}
