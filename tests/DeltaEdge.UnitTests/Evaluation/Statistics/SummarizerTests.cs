using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Statistics;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.UnitTests.Evaluation.Statistics;

public sealed class SummarizerTests
{
    private const double Close = 1e-9;

    [Fact]
    public void Shares_CountOverWhatArrivedAfterTheGate()
    {
        var workload = TestRuns.Workload(2, 1, (0, 0), (0.2, 0), (0.4, 0), (0.6, 0), (1.1, 0), (1.5, 0));
        AskRecord[] ends =
        [
            TestRuns.OnTime(expected: 0.9, latency: 0.1, budget: 576), TestRuns.OnTime(correct: false, expected: 0.7, latency: 0.2, budget: 64),
            TestRuns.Late(expected: 0.8, latency: 0.9, budget: 144), TestRuns.Unanswered(AskEndKind.Expired),
            TestRuns.Unanswered(AskEndKind.Rejected), TestRuns.Unanswered(AskEndKind.Gated),
        ];

        var summary = Summarizer.Summarize(TestRuns.Run(workload, (i, _) => ends[i]));

        Assert.Equal((6, 1), (summary.Asks, summary.Gated));
        Assert.Equal(2 / 5.0, summary.Attainment, Close);
        Assert.Equal(1 / 2.0, summary.MeanServingAccuracy, Close);
        Assert.Equal((0.9 + 0.7 + 0.8) / 3, summary.EffectiveAccuracy, Close);
        Assert.Equal(1 / 5.0, summary.UsefulAnswers, Close);
        Assert.Equal((576 + 64 + 144) / 3.0, summary.MeanBudget, Close);
        Assert.Equal(new LatencyPercentiles(0.2, 0.9, 0.9, 0.9), summary.Latency);
        Assert.Equal([(AskEndKind.OnTime, 2), (AskEndKind.Late, 1), (AskEndKind.Expired, 1), (AskEndKind.Rejected, 1), (AskEndKind.Failed, 0), (AskEndKind.Gated, 1)],
            summary.Ends.Select(e => (e.End, e.Count)));
        Assert.Equal(("test", "test", 1), (summary.Policy, summary.Workload, summary.Seed));
        Assert.Null(summary.RecoverySeconds);
    }

    [Fact]
    public void Seconds_HoldWhatWasCapturedInThem()
    {
        var workload = TestRuns.Workload(2.5, 1, (0, 0), (0.5, 0), (0.9, 0), (2, 0));
        AskRecord[] ends = [TestRuns.OnTime(budget: 576), TestRuns.OnTime(correct: false, latency: 0.2, budget: 64), TestRuns.Unanswered(AskEndKind.Expired), TestRuns.OnTime(budget: 16)];

        var seconds = Summarizer.Summarize(TestRuns.Run(workload, (i, _) => ends[i])).Seconds;

        Assert.Equal(3, seconds.Length);
        Assert.Equal(new SecondPoint(0, 3, 320, 0.2, 2 / 3.0, 0.5, 1 / 3.0), seconds[0]);
        Assert.Equal(new SecondPoint(1, 0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN), seconds[1]);
        Assert.Equal(new SecondPoint(2, 2, 16, 0.1, 1, 1, 1), seconds[2]);
    }

    [Fact]
    public void AccuracyDrop_IsTheWorstTenSecondsCountedInTens()
    {
        // One ask a second. Seconds 0 to 9 at 0.9; 10 to 19 half 0.9, half 0.5; 20 to 29 at 0.8. A sliding window would find 0.6.
        var workload = EverySecond(30);
        var run = TestRuns.Run(workload, (i, _) => TestRuns.OnTime(expected: i < 15 ? 0.9 : i < 20 ? 0.5 : 0.8));

        Assert.Equal(1 - 0.7, Summarizer.Summarize(run).MaxAccuracyDrop, Close);
        Assert.Equal(0.9 - 0.7, Summarizer.Summarize(run, bestAccuracy: 0.9).MaxAccuracyDrop, Close);
    }

    [Fact]
    public void WorstTenSeconds_MayBeginWithAnySecond()
    {
        var run = TestRuns.Run(EverySecond(30), (i, _) => i is >= 7 and < 13 ? TestRuns.Late() : TestRuns.OnTime());

        Assert.Equal(0.4, Summarizer.Summarize(run).WorstTenSeconds, Close);
    }

    [Fact]
    public void WorstTenSeconds_OfAShortRunIsItsAttainment()
    {
        var run = TestRuns.Run(EverySecond(4), (i, _) => i == 0 ? TestRuns.Late() : TestRuns.OnTime());

        Assert.Equal(0.75, Summarizer.Summarize(run).WorstTenSeconds, Close);
    }

    [Fact]
    public void Recovery_IsWhenThreeWindowsInARowAreGood()
    {
        // Bad in seconds 10, 11 and 13: 12 is good but does not last, 14 to 16 do.
        var run = TestRuns.Run(EverySecond(20) with { StepAtSeconds = 10 }, (i, _) => i is 10 or 11 or 13 ? TestRuns.Late() : TestRuns.OnTime());

        Assert.Equal(4, Summarizer.Summarize(run).RecoverySeconds);
    }

    [Fact]
    public void Recovery_WantsNoMoreThanBeforeTheStep()
    {
        // Two asks a second, one of them always late: attainment is 0.5 before and after, and 0 in the step's first second.
        var workload = TestRuns.Workload(20, 1, [.. Enumerable.Range(0, 40).Select(i => (i / 2.0, 0))]) with { StepAtSeconds = 10 };
        var run = TestRuns.Run(workload, (i, _) => i % 2 == 0 || i / 2 == 10 ? TestRuns.Late() : TestRuns.OnTime());

        Assert.Equal(1, Summarizer.Summarize(run).RecoverySeconds);
    }

    [Fact]
    public void Recovery_ThatNeverComesIsInfinite()
    {
        var run = TestRuns.Run(EverySecond(20) with { StepAtSeconds = 10 }, (i, _) => i >= 10 && i < 18 ? TestRuns.Late() : TestRuns.OnTime());

        Assert.Equal(double.PositiveInfinity, Summarizer.Summarize(run).RecoverySeconds);
    }

    [Fact]
    public void Recovery_IsNotTheEndOfTheStep()
    {
        // Everything is late while the load is high, nothing once it has fallen.
        var workload = EverySecond(30) with { StepAtSeconds = 10, StepEndsAtSeconds = 20 };
        var run = TestRuns.Run(workload, (i, _) => i is >= 10 and < 20 ? TestRuns.Late() : TestRuns.OnTime());

        Assert.Equal(double.PositiveInfinity, Summarizer.Summarize(run).RecoverySeconds);
    }

    [Fact]
    public void OnsetP95_IsOfTheStepsFirstTwoSeconds()
    {
        // Slow at 9.5 and at 12, which are outside; what is not answered has no latency.
        var workload = TestRuns.Workload(20, 1, (9.5, 0), (10, 0), (11, 0), (11.5, 0), (12, 0)) with { StepAtSeconds = 10 };
        AskRecord[] ends = [TestRuns.OnTime(latency: 3), TestRuns.OnTime(latency: 0.1), TestRuns.OnTime(latency: 0.2), TestRuns.Unanswered(AskEndKind.Expired), TestRuns.OnTime(latency: 3)];

        Assert.Equal(0.2, Summarizer.Summarize(TestRuns.Run(workload, (i, _) => ends[i])).OnsetP95Seconds);
        Assert.Null(Summarizer.Summarize(TestRuns.Run(workload with { StepAtSeconds = null }, (i, _) => ends[i])).OnsetP95Seconds);
    }

    [Fact]
    public void Switches_AreCountedBetweenAnswersOfAStream()
    {
        // Stream 0: 576, 64, (expired), 64, 576 is 2 changes; stream 1: 16, 16 is none. One minute, so one on average.
        var workload = TestRuns.Workload(60, 2, (0, 0), (1, 1), (2, 0), (3, 0), (4, 1), (5, 0), (6, 0));
        AskRecord[] ends =
        [
            TestRuns.OnTime(), TestRuns.OnTime(budget: 16), TestRuns.OnTime(budget: 64), TestRuns.Unanswered(AskEndKind.Expired),
            TestRuns.OnTime(budget: 16), TestRuns.Late(budget: 64), TestRuns.OnTime(),
        ];

        Assert.Equal(1, Summarizer.Summarize(TestRuns.Run(workload, (i, _) => ends[i])).SwitchesPerMinute, Close);
    }

    [Fact]
    public void FairnessAndWeight_GoByStreamAndClass()
    {
        // Shares: stream 0 (priority) 1, stream 1 (default) 0.5, stream 2 (priority) 0; classes 0.5 and 0.5.
        var workload = TestRuns.Workload(10, 4, (0, 0), (1, 1), (2, 1), (3, 2));
        AskRecord[] ends = [TestRuns.OnTime(), TestRuns.OnTime(), TestRuns.OnTime(correct: false), TestRuns.Late()];

        var summary = Summarizer.Summarize(TestRuns.Run(workload, (i, _) => ends[i]));

        Assert.Equal(1.5 * 1.5 / (3 * 1.25), summary.FairnessStreams, Close);
        Assert.Equal(1, summary.FairnessClasses, Close);
        Assert.Equal((2 + 1) / 6.0, summary.WeightedUseful, Close);
    }

    [Fact]
    public void AnswersBelowTheFloor_AreCounted()
    {
        var workload = TestRuns.Workload(10, 1, (0, 0), (1, 0), (2, 0), (3, 0));
        AskRecord[] ends = [TestRuns.OnTime(budget: 1), TestRuns.OnTime(budget: 4), TestRuns.Late(budget: 1), TestRuns.Unanswered(AskEndKind.Expired)];

        Assert.Equal(2, Summarizer.Summarize(TestRuns.Run(workload, (i, _) => ends[i])).FloorViolations);
    }

    [Fact]
    public void AgeOfInformation_IsTheAreaUnderTheSaw()
    {
        // Captures at 0, 1 and 2; known at 0.2, never, and 2.2; until 2.3. Age rises from 0 to 2.2, falls to 0.2, rises to 0.3.
        var workload = TestRuns.Workload(3, 1, (0, 0), (1, 0), (2, 0));
        AskRecord[] ends = [TestRuns.OnTime(latency: 0.2), TestRuns.Unanswered(AskEndKind.Expired), TestRuns.OnTime(latency: 0.2)];

        Assert.Equal(((2.2 * 2.2 / 2) + (0.1 * 0.25)) / 2.3, Summarizer.Summarize(TestRuns.Run(workload, (i, _) => ends[i])).AgeOfInformationSeconds, Close);
    }

    [Fact]
    public void AgeOfInformation_IsNotMadeOlderByAnAnswerThatWasOvertaken()
    {
        // The frame of 0 is known at 1.5, after that of 1 at 1.2: it changes nothing. Age rises to 1.2, falls to 0.2, rises to 0.3 at 1.3.
        var workload = TestRuns.Workload(3, 1, (0, 0), (1, 0));
        AskRecord[] ends = [TestRuns.Late(latency: 1.5), TestRuns.OnTime(latency: 0.2)];

        Assert.Equal(((1.2 * 1.2 / 2) + (0.1 * 0.25)) / 1.3, Summarizer.Summarize(TestRuns.Run(workload, (i, _) => ends[i])).AgeOfInformationSeconds, Close);
    }

    [Fact]
    public void NothingAnswered_GivesNoNumberWhereThereIsNone()
    {
        var summary = Summarizer.Summarize(TestRuns.Run(EverySecond(5), (_, _) => TestRuns.Unanswered(AskEndKind.Rejected)));

        Assert.Equal((0, 0, 0, 0), (summary.Attainment, summary.UsefulAnswers, summary.WorstTenSeconds, summary.SwitchesPerMinute));
        Assert.All([summary.MeanServingAccuracy, summary.EffectiveAccuracy, summary.MeanBudget, summary.Latency.P50, summary.MaxAccuracyDrop], v => Assert.Equal(double.NaN, v));
        Assert.Equal(1, summary.FairnessStreams);
    }

    [Fact]
    public void NothingAsked_IsNoError()
    {
        var summary = Summarizer.Summarize(TestRuns.Run(TestRuns.Workload(5, 1), (_, _) => TestRuns.OnTime()));

        Assert.Equal((0, double.NaN, double.NaN), (summary.Asks, summary.Attainment, summary.AgeOfInformationSeconds));
    }

    private static Workload EverySecond(int seconds) => TestRuns.Workload(seconds, 1, [.. Enumerable.Range(0, seconds).Select(i => ((double)i, 0))]);
}
