using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Simulation;
using DeltaEdge.Evaluation.Simulation.Profiles;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.UnitTests.Evaluation.Simulation;

public sealed class FleetSimulationTests
{
    public static TheoryData<string> Policies() => Fleets.Policies();

    [Theory]
    [MemberData(nameof(Policies))]
    public void CamerasInBursts_EveryAskEndsOnceInOrderAndWithinItsRange(string policy)
    {
        var workload = WorkloadSet.Find("w6-cameras-rho2", Fleets.NanoLoad())!;

        var run = Fleets.Run(workload, Fleets.Nano(policy) with { Noise = 0.1 });

        var position = 0;
        for (var arrival = 0; arrival < workload.Arrivals.Length; arrival++)
        {
            var stream = workload.Streams[workload.Arrivals[arrival].Stream];
            for (var question = 0; question < stream.Kinds.Length; question++)
            {
                var ask = run.Asks[position++];
                Assert.Equal((arrival, question, stream.Kinds[question]), (ask.Arrival, ask.Question, ask.Kind));
                Assert.Equal(workload.Arrivals[arrival].AtSeconds, ask.DueSeconds);
                if (ask.End is AskEndKind.OnTime or AskEndKind.Late)
                {
                    Assert.True(stream.Range.Contains(ask.Budget) && TokenLadder.Default.Contains(ask.Budget), $"{ask} of {stream.Range}");
                    Assert.Equal(ask.End == AskEndKind.OnTime, ask.LatencySeconds <= stream.DeadlineSeconds + 1e-6);
                    Assert.Equal(NanoProfile.Accuracy.Expected(ask.Budget, ask.Kind), ask.ExpectedAccuracy);
                }
                else
                {
                    Assert.True(double.IsNaN(ask.LatencySeconds) && ask is { Budget: 0, Correct: false, ExpectedAccuracy: 0 });
                    Assert.NotEqual(AskEndKind.Failed, ask.End);
                }
            }
        }

        Assert.Equal(position, run.Asks.Length);
        Assert.Equal(policy, run.Policy);
        Assert.Contains(run.Asks, a => a.End == AskEndKind.OnTime);
    }

    [Theory]
    [InlineData("deltaedge")]
    [InlineData("slack")]
    public void Overload_WhoFollowsThePlanKeepsTheKindsFloors(string policy)
    {
        var workload = WorkloadSet.Find("w1-rho3", Fleets.NanoLoad())!;

        var run = Fleets.Run(workload, Fleets.Nano(policy) with { MaxLoss = 0.05 });

        var ladder = TokenLadder.Default;
        foreach (var kind in workload.Streams.SelectMany(s => s.Kinds).Distinct())
        {
            var floor = ladder[AccuracyCurve.FloorRung([.. ladder.Budgets.Select(b => NanoProfile.Accuracy.Expected(b, kind))], 0.05)];
            Assert.All(run.Asks.Where(a => a.Kind == kind && a.Budget > 0), a => Assert.True(a.Budget >= floor, $"{a} is below {floor}"));
        }

        Assert.Contains(run.Asks, a => a.Budget is > 0 and < 64);
    }

    [Theory]
    [InlineData("deltaedge")]
    [InlineData("brownout")]
    public void SameSeed_SameRun(string policy)
    {
        var workload = WorkloadSet.Find("w2-cv4", Fleets.NanoLoad())!;
        var settings = Fleets.Nano(policy) with { Noise = 0.2, DriftPerMinute = 0.5 };

        var run = Fleets.Run(workload, settings);

        Assert.Equal(run.Asks, Fleets.Run(workload, settings).Asks);
        Assert.NotEqual(run.Asks, Fleets.Run(workload, settings with { Seed = 2 }).Asks);
    }

    [Theory]
    [InlineData("deltaedge")]
    [InlineData("slack")]
    [InlineData("fixed-576")]
    [InlineData("slackfit-budget")]
    [InlineData("proteus")]
    public void IdleFleet_AnswersEverythingOnTimeAtTheBestBudget(string policy)
    {
        QuestionKind[] kinds = [QuestionKind.YesNo, QuestionKind.Count, QuestionKind.Read];
        var streams = Enumerable.Range(0, 6).Select(i => Fleets.Stream(i, 0.5, null, kinds[i % 3]));
        var workload = Fleets.Asked(streams, Enumerable.Range(0, 60).Select(i => new FrameArrival(i * 0.5, i % 6, (ulong)i)), seconds: 30);

        var run = Fleets.Run(workload, Fleets.Of(policy, workers: 3));

        Assert.All(run.Asks, a => Assert.Equal((AskEndKind.OnTime, 576), (a.End, a.Budget)));
    }

    [Fact]
    public void SeveralQuestionsOfAFrame_ShareItsEncodingAndItsPrefix()
    {
        var stream = Fleets.Stream(0, 0.5, null, QuestionKind.YesNo, QuestionKind.Count, QuestionKind.YesNo);

        var run = Fleets.Run(Fleets.Asked([stream], [new(1, 0, 7)]), Fleets.Of("fixed-576"));

        // 4 ms encode, 4 ms prefix, 3 questions of 1 ms, one decode step of all three.
        Assert.All(run.Asks, a => Assert.Equal(0.012, a.LatencySeconds, 1e-6));
    }

    [Fact]
    public void AnswersOfTwoPolicies_AreGradedByTheSameHardness()
    {
        var workload = WorkloadSet.Find("w1-rho0.3", Fleets.NanoLoad(60))!;

        var poor = Fleets.Run(workload, Fleets.Of("fixed-1", NanoProfile.Latency, workers: 2));
        var rich = Fleets.Run(workload, Fleets.Of("fixed-576", NanoProfile.Latency, workers: 2));

        Assert.All(poor.Asks.Zip(rich.Asks), p => Assert.True(!p.First.Useful || p.Second.Useful || p.Second.End != AskEndKind.OnTime));
        var share = poor.Asks.Where(a => a.Kind == QuestionKind.YesNo).Average(a => a.Correct ? 1 : 0);
        Assert.InRange(share, 0.5, 0.7); // 0.6 in truth.
    }

    [Fact]
    public void TrueProfiles_DecideWhatTheBelievedOnesOnlyExpect()
    {
        var workload = WorkloadSet.Find("w1-rho0.3", Fleets.NanoLoad())!;
        var slower = NanoProfile.Latency with { FrameSeconds = 2 * NanoProfile.Latency.FrameSeconds };
        var settings = Fleets.Nano("fixed-144") with { TrueProfile = slower, TrueAccuracy = Fleets.Rising };

        var run = Fleets.Run(workload, settings);

        Assert.All(run.Asks, a => Assert.True(a.LatencySeconds >= slower.FrameSeconds));
        Assert.All(run.Asks, a => Assert.Equal(NanoProfile.Accuracy.Expected(144, a.Kind), a.ExpectedAccuracy));
    }

    [Fact]
    public void LostWorker_LosesWhatItHeldAndWhatComesUntilItIsMissed()
    {
        const double Lost = 5;
        const double Back = 10;
        var streams = Enumerable.Range(0, 16).Select(i => Fleets.Stream(i) with { Placed = true }).ToArray();
        var arrivals = Enumerable.Range(0, 1500).Select(i => new FrameArrival(i * 0.01, i % 16, (ulong)i));
        var workload = Fleets.Asked(streams, arrivals, seconds: 15) with { Faults = [new(Lost, 1, Returns: false), new(Back, 1, Returns: true)] };

        var run = Fleets.Run(workload, Fleets.Of("deltaedge", workers: 2));

        var failed = run.Asks.Where(a => a.End == AskEndKind.Failed).ToArray();
        Assert.NotEmpty(failed);
        Assert.All(failed, a => Assert.InRange(a.DueSeconds, Lost - 0.5, Lost + 3));
        var hit = failed.Select(a => workload.Arrivals[a.Arrival].Stream).ToHashSet();
        Assert.InRange(hit.Count, 1, 15);
        foreach (var ask in run.Asks.Where(a => hit.Contains(workload.Arrivals[a.Arrival].Stream)))
        {
            Assert.Equal(ask.DueSeconds is >= Lost and < Lost + 3, ask.End == AskEndKind.Failed && ask.DueSeconds >= Lost);
        }
    }

    [Fact]
    public void Clients_AreSentWhereTheyAreAnsweredFirst()
    {
        var arrivals = Enumerable.Range(0, 200).Select(i => new FrameArrival(0.001 + (i / 2 * 0.02), 0, (ulong)i)); // Two at once, as many workers.

        var run = Fleets.Run(Fleets.Asked([Fleets.Stream(0)], arrivals), Fleets.Of("fixed-576", workers: 2));

        Assert.All(run.Asks, a => Assert.Equal(0.010, a.LatencySeconds, 1e-6));
    }

    [Theory]
    [InlineData("deltaedge")]
    [InlineData("fixed-144")]
    public void LostWorker_WhatClientsAskedOfItIsAnsweredElsewhere(string policy)
    {
        var arrivals = Enumerable.Range(0, 1000).Select(i => new FrameArrival(i * 0.01, i % 4, (ulong)i));
        var workload = Fleets.Asked(Enumerable.Range(0, 4).Select(i => Fleets.Stream(i)), arrivals) with { Faults = [new(5.003, 1, Returns: false)] };

        var run = Fleets.Run(workload, Fleets.Of(policy, workers: 2));

        Assert.All(run.Asks, a => Assert.Equal(AskEndKind.OnTime, a.End));
    }

    [Fact]
    public void WholeFleetLost_ClientsFailWithoutEnd()
    {
        var arrivals = Enumerable.Range(0, 100).Select(i => new FrameArrival(i * 0.1, 0, (ulong)i));
        var workload = Fleets.Asked([Fleets.Stream(0)], arrivals) with { Faults = [new(2, 0, Returns: false), new(2, 1, Returns: false)] };

        var run = Fleets.Run(workload, Fleets.Of("deltaedge", workers: 2));

        Assert.All(run.Asks, a => Assert.Equal(a.DueSeconds < 2 ? AskEndKind.OnTime : AskEndKind.Failed, a.End));
    }

    [Fact]
    public void WholeFleetLost_FailsWithoutEnd()
    {
        var arrivals = Enumerable.Range(0, 100).Select(i => new FrameArrival(i * 0.1, 0, (ulong)i));
        var workload = Fleets.Asked([Fleets.Stream(0)], arrivals) with { Faults = [new(2, 0, Returns: false)] };

        var run = Fleets.Run(workload, Fleets.Of("deltaedge"));

        Assert.All(run.Asks, a => Assert.Equal(a.DueSeconds < 2 ? AskEndKind.OnTime : AskEndKind.Failed, a.End));
    }

    [Fact]
    public void NoSharedState_WorkersSteerAlone()
    {
        var workload = WorkloadSet.Find("w8-shared-state", Fleets.NanoLoad())! with { Outages = [new(0, 100)] };

        var run = Fleets.Run(workload, Fleets.Nano("deltaedge"));

        var alone = Fleets.Run(workload, Fleets.Nano("deltaedge") with { Controller = false });
        Assert.Equal(alone.Asks, run.Asks);
    }

    [Fact]
    public void SharedStateLoss_IsMetWhileItLasts()
    {
        var workload = WorkloadSet.Find("w8-shared-state", Fleets.NanoLoad())!;
        var (from, to) = (workload.DurationSeconds / 3, workload.DurationSeconds * 2 / 3);

        var run = Fleets.Run(workload, Fleets.Nano("deltaedge"));
        var whole = Fleets.Run(workload with { Outages = [] }, Fleets.Nano("deltaedge"));

        Assert.Equal([new(from, to)], workload.Outages);
        Assert.Equal(whole.Asks.Where(a => a.DueSeconds < from - 1), run.Asks.Where(a => a.DueSeconds < from - 1));
        Assert.NotEqual(whole.Asks.Where(a => a.DueSeconds >= from && a.DueSeconds < to), run.Asks.Where(a => a.DueSeconds >= from && a.DueSeconds < to));
    }

    [Fact]
    public void UnknownPolicyOrBudget_SaysWhatIsAllowed()
    {
        var unknown = Assert.Throws<ArgumentException>(() => Fleets.Of("fastest"));
        var off = Assert.Throws<ArgumentException>(() => Fleets.Run(
            Fleets.Asked([Fleets.Stream(0, 0.5, new BudgetRange(2, 576))], []), Fleets.Of("slack")));

        Assert.Contains("deltaedge", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("576, 144", off.Message, StringComparison.Ordinal);
    }
}
