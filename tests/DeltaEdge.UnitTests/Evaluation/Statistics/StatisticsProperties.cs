using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Statistics;
using DeltaEdge.Evaluation.Workloads;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Evaluation.Statistics;

/// <summary>What holds for the numbers of any run.</summary>
public sealed class StatisticsProperties
{
    private static readonly Gen<AskRecord> Ends =
        from end in Gen.Frequency(
            (6, Gen.Constant(AskEndKind.OnTime)),
            (2, Gen.Constant(AskEndKind.Late)),
            (4, Gen.Elements(AskEndKind.Expired, AskEndKind.Rejected, AskEndKind.Failed, AskEndKind.Gated)))
        from correct in Gen.Elements(true, false)
        from latency in Gen.Choose(1, 500).Select(ms => ms / 1000.0)
        from budget in Gen.Elements(576, 144, 64, 36, 16, 4, 1)
        from expected in Gen.Choose(0, 100).Select(p => p / 100.0)
        select end is AskEndKind.OnTime or AskEndKind.Late
            ? TestRuns.OnTime(correct, latency, budget, expected) with { End = end }
            : TestRuns.Unanswered(end);

    private static readonly Gen<Workload> Workloads =
        from times in Gen.Choose(0, 39_999).Select(ms => ms / 1000.0).ListOf()
        from step in Gen.Elements<double?>(null, 13.3)
        select TestRuns.Workload(40, 5, [.. times.Order().Select((at, i) => (at, i * 7 % 5))]) with { StepAtSeconds = step };

    private static readonly Gen<PolicyRun[]> Pairs =
        from workload in Workloads
        from first in Ends.ListOf(workload.Arrivals.Length)
        from second in Ends.ListOf(workload.Arrivals.Length)
        select new[] { TestRuns.Run(workload, (i, _) => first[i], "first"), TestRuns.Run(workload, (i, _) => second[i], "second") };

    [Fact]
    public void AnySummary_IsOrderedAndAddsUp() => Check(pair =>
    {
        var run = pair[0];
        var summary = Summarizer.Summarize(run);

        Assert.Equal(summary.Asks, summary.Ends.Sum(e => e.Count));
        Assert.Equal(40, summary.Seconds.Length);
        Assert.Equal(summary.Asks - summary.Gated, summary.Seconds.Sum(s => s.Offered), 1e-6);
        Assert.InRange(summary.FairnessStreams, 0.2 - 1e-9, 1 + 1e-9);
        Assert.InRange(summary.FairnessClasses, 0.5 - 1e-9, 1 + 1e-9);
        Assert.Equal(run.Workload.StepAtSeconds is null, summary.RecoverySeconds is null);
        Assert.Equal(run.Workload.StepAtSeconds is null, summary.OnsetP95Seconds is null);
        if (summary.Asks > summary.Gated)
        {
            Assert.InRange(summary.UsefulAnswers, 0, summary.Attainment);
            Assert.InRange(summary.WorstTenSeconds, 0, summary.Attainment + 1e-9);
        }

        if (!double.IsNaN(summary.Latency.P50))
        {
            Assert.True(summary.Latency.P50 <= summary.Latency.P95 && summary.Latency.P95 <= summary.Latency.P99 && summary.Latency.P99 <= summary.Latency.P999);
            Assert.True(summary.MaxAccuracyDrop >= 1 - summary.EffectiveAccuracy - 1e-9);
        }
    });

    [Fact]
    public void AnyAge_IsAtLeastZeroAndAtMostThatOfKnowingNothing() => Check(pair =>
    {
        var nothing = TestRuns.Run(pair[0].Workload, (_, _) => TestRuns.Unanswered(AskEndKind.Expired));
        if (pair[0].Asks.Length > 0)
        {
            Assert.InRange(Summarizer.Summarize(pair[0]).AgeOfInformationSeconds, 0, Summarizer.Summarize(nothing).AgeOfInformationSeconds + 1e-9);
        }
    });

    [Fact]
    public void AnyComparison_ContainsItsDifferenceAndTurnsRound() => Check(pair =>
    {
        var there = PairedBootstrap.Compare([pair[0]], [pair[1]]);
        var back = PairedBootstrap.Compare([pair[1]], [pair[0]]);

        Assert.InRange(there.Difference, there.Low - 1e-9, there.High + 1e-9);
        Assert.Equal(-there.Difference, back.Difference, 1e-9);
        Assert.Equal(there, PairedBootstrap.Compare([pair[0]], [pair[1]]));
    });

    [Fact]
    public void AnyRunAgainstItself_DiffersByNothing() => Check(pair =>
        Assert.Equal(new("test", "first", "first", 0, 0, 0), PairedBootstrap.Compare([pair[0]], [pair[0]])));

    private static void Check(Action<PolicyRun[]> holds) => Prop.ForAll(Pairs.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
}
