using DeltaEdge.Core.Scheduling;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Simulation;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.UnitTests.Evaluation.Simulation;

/// <summary>The simulated worker against what queueing theory says of it.</summary>
public sealed class QueueingTests
{
    private const double Service = 0.010;

    /// <summary>With one row no answer waits for another to decode with, so that each takes its service time and nothing else.</summary>
    private static readonly SimulationSettings OneByOne = Fleets.Of("fixed-576") with { Slots = 1 };

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    public void PoissonArrivalsAtOneBudget_WaitAsInMD1(double load)
    {
        const double Seconds = 2500;
        var draws = new Draws(1, "md1");
        var arrivals = ArrivalTimes.Poisson(draws, Seconds, load / Service).Select(at => new FrameArrival(at, 0, draws.Bits()));
        var patient = Fleets.Stream(0, deadlineSeconds: 2 * Seconds);

        var run = Fleets.Run(
            Fleets.Asked([patient], arrivals, Seconds), OneByOne with { Scheduler = new SchedulerOptions(QueueLimit: 100_000) });

        var expected = load * Service / (2 * (1 - load)); // Pollaczek and Khinchine, service without variance.
        Assert.All(run.Asks, a => Assert.Equal(AskEndKind.OnTime, a.End));
        Assert.InRange(run.Asks.Average(a => a.LatencySeconds) - Service, 0.95 * expected, 1.05 * expected);
    }

    [Fact]
    public void EarlierDeadlineThatComesLater_GoesFirst()
    {
        var workload = Fleets.Asked(
            [Fleets.Stream(0, 0.5), Fleets.Stream(1, 0.3)], [new(1, 0, 1), new(1.001, 0, 2), new(1.002, 1, 3)]);

        var run = Fleets.Run(workload, OneByOne);

        var ends = run.Asks.Select(a => a.DueSeconds + a.LatencySeconds).ToArray();
        Assert.True(ends[2] < ends[1], $"The urgent ask ended at {ends[2]}, the patient one at {ends[1]}.");
    }

    [Fact]
    public void FirstComeFirstServed_KeepsTheOrderOfArrival()
    {
        var workload = Fleets.Asked(
            [Fleets.Stream(0, 0.5), Fleets.Stream(1, 0.3)], [new(1, 0, 1), new(1.001, 0, 2), new(1.002, 1, 3)]);

        var run = Fleets.Run(workload, OneByOne with { Scheduler = new SchedulerOptions(QueueLimit: 256, Order: QueueOrder.Fifo) });

        var ends = run.Asks.Select(a => a.DueSeconds + a.LatencySeconds).ToArray();
        Assert.True(ends[1] < ends[2], $"The first ask ended at {ends[1]}, the later one at {ends[2]}.");
    }
}
