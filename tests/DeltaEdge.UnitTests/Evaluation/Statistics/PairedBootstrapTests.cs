using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Statistics;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.UnitTests.Evaluation.Statistics;

public sealed class PairedBootstrapTests
{
    [Fact]
    public void Difference_IsThatOfUsefulSharesOverAllSeeds()
    {
        var (first, second) = (Steady(seed: 1), Steady(seed: 2));
        PolicyRun Half(Workload w) => TestRuns.Run(w, (i, _) => TestRuns.OnTime(correct: i % 2 == 0), "half");
        PolicyRun Fifth(Workload w) => TestRuns.Run(w, (i, _) => i % 5 == 0 ? TestRuns.OnTime() : TestRuns.Unanswered(AskEndKind.Rejected), "fifth");

        var comparison = PairedBootstrap.Compare([Half(first), Half(second)], [Fifth(first), Fifth(second)]);

        Assert.Equal(("test", "half", "fifth"), (comparison.Workload, comparison.Policy, comparison.Baseline));
        Assert.Equal(0.3, comparison.Difference, 1e-9);

        // Every block has the same shares, so chance has nothing to draw from.
        Assert.Equal(0.3, comparison.Low, 1e-9);
        Assert.Equal(0.3, comparison.High, 1e-9);
    }

    [Fact]
    public void OneBadBurst_WidensTheIntervalByBlocksAndNotByAsks()
    {
        // 1000 asks in 100 s; the baseline loses all of one block of 5 s. By asks the interval would be narrow, by blocks it reaches 0.
        var workload = Steady(seed: 1);
        var good = TestRuns.Run(workload, (_, _) => TestRuns.OnTime(), "good");
        var bad = TestRuns.Run(workload, (_, a) => a.AtSeconds is >= 50 and < 55 ? TestRuns.Late() : TestRuns.OnTime(), "bad");

        var comparison = PairedBootstrap.Compare([good], [bad]);

        Assert.Equal(0.05, comparison.Difference, 1e-9);
        Assert.Equal(0, comparison.Low);
        Assert.InRange(comparison.High, 0.1, 0.2);
    }

    [Fact]
    public void GatedAsks_CountForNeither()
    {
        var workload = Steady(seed: 1);
        var plain = TestRuns.Run(workload, (i, _) => i % 2 == 0 ? TestRuns.Unanswered(AskEndKind.Gated) : TestRuns.OnTime());
        var worse = TestRuns.Run(workload, (i, _) => i % 2 == 0 ? TestRuns.Unanswered(AskEndKind.Gated) : TestRuns.OnTime(correct: i % 4 == 1));

        Assert.Equal(0.5, PairedBootstrap.Compare([plain], [worse]).Difference, 1e-9);
    }

    [Fact]
    public void Interval_HoldsTheTruthAboutAsOftenAsItSays()
    {
        // Bursts of 2 s, all asks of a burst useful or not together: true shares are 0.7 and 0.6, true difference 0.1.
        const int Trials = 200;
        const int BurstAsks = 20;
        var workload = Steady(seed: 1, seconds: 200);
        var draws = new Draws(17, "coverage");
        var held = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var luck = Enumerable.Range(0, 100).Select(_ => (Common: draws.Uniform(), Own: draws.Uniform())).ToArray();
            var policy = TestRuns.Run(workload, (i, _) => TestRuns.OnTime(luck[i / BurstAsks].Common < 0.7));
            var baseline = TestRuns.Run(workload, (i, _) => TestRuns.OnTime(luck[i / BurstAsks] is { Common: < 0.8, Own: < 0.75 }));
            var comparison = PairedBootstrap.Compare([policy], [baseline]);
            held += comparison.Low <= 0.1 && comparison.High >= 0.1 ? 1 : 0;
        }

        Assert.InRange(held / (double)Trials, 0.9, 0.99);
    }

    [Fact]
    public void OtherWorkload_Throws()
    {
        var run = TestRuns.Run(Steady(seed: 1), (_, _) => TestRuns.OnTime());
        var seed = TestRuns.Run(Steady(seed: 2), (_, _) => TestRuns.OnTime());
        var name = TestRuns.Run(Steady(seed: 1) with { Name = "other" }, (_, _) => TestRuns.OnTime());
        var fewer = TestRuns.Run(Steady(seed: 1, seconds: 50), (_, _) => TestRuns.OnTime());

        Assert.All([seed, name, fewer, run with { Asks = run.Asks[..^1] }, run with { Asks = [.. run.Asks.Reverse()] }],
            other => Assert.Throws<ArgumentException>(() => PairedBootstrap.Compare([run], [other])));
    }

    [Fact]
    public void UnequalNumbersOrMixedWorkloads_Throw()
    {
        var run = TestRuns.Run(Steady(seed: 1), (_, _) => TestRuns.OnTime());
        var name = TestRuns.Run(Steady(seed: 1) with { Name = "other" }, (_, _) => TestRuns.OnTime());

        Assert.Throws<ArgumentException>(() => PairedBootstrap.Compare([], []));
        Assert.Throws<ArgumentException>(() => PairedBootstrap.Compare([run], [run, run]));
        Assert.Throws<ArgumentException>(() => PairedBootstrap.Compare([run, name], [run, name]));
    }

    /// <summary>Ten asks a second, evenly.</summary>
    private static Workload Steady(int seed, int seconds = 100) =>
        TestRuns.Workload(seconds, 4, [.. Enumerable.Range(0, 10 * seconds).Select(i => ((i + 0.5) / 10, i % 4))]) with { Seed = seed };
}
