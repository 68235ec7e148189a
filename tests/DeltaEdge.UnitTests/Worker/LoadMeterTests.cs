using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning.Demand;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Time;
using DeltaEdge.UnitTests.Time;
using DeltaEdge.Worker.Reporting;

namespace DeltaEdge.UnitTests.Worker;

public sealed class LoadMeterTests
{
    private static readonly BudgetRange Whole = new(1, 576);

    private readonly ManualTimeProvider _time = new();
    private readonly LoadMeter _meter;

    public LoadMeterTests() => _meter = new(SlaCatalog.Default, new MonotonicClock(_time));

    [Fact]
    public void SteadyStream_IsReadWithoutNoise()
    {
        Play(seconds: 20, perSecond: 4);

        Assert.InRange(Assert.Single(_meter.Read().Classes).FramesPerSecond, 3.9, 4.1);
        Assert.InRange(Assert.Single(_meter.Read().Demand).FramesPerSecond, 3.9, 4.1);
    }

    [Fact]
    public void TenfoldStep_IsSeenWithin250Milliseconds()
    {
        Play(seconds: 20, perSecond: 10);

        Play(seconds: 0.25, perSecond: 100);

        Assert.InRange(Assert.Single(_meter.Read().Classes).FramesPerSecond, 50, 150);
    }

    [Fact]
    public void LoadGone_IsSeenBeforeTheLongWindowIsOver()
    {
        Play(seconds: 20, perSecond: 10);

        Play(seconds: 1.5, perSecond: 0);

        var (classes, demand) = _meter.Read();
        Assert.Empty(classes);
        Assert.Empty(demand);
    }

    [Fact]
    public void PoissonArrivals_AreNotTakenForSteps()
    {
        var random = new Random(5);
        var readings = new List<double>();
        for (var tick = 0; tick < 120_000; tick++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            if (random.NextDouble() < 0.02)
            {
                Arrive();
            }

            if (tick > 20_000 && tick % 200 == 0)
            {
                readings.Add(_meter.Read().Demand[0].FramesPerSecond);
            }
        }

        Assert.True(readings.Count(r => r is > 14 and < 26) > 0.98 * readings.Count);
    }

    [Fact]
    public void Cells_AreByClassRangeAndKinds()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        Arrive();
        Arrive();
        Arrive("default", new(16, 576));
        Arrive("priority");
        _meter.Arrived("default", Whole, [QuestionKind.Count, QuestionKind.YesNo], [1.6, 0.8], frames: 1);

        var (classes, demand) = _meter.Read();

        Assert.Equal(4, demand.Length);
        Assert.Equal(classes.Sum(c => c.FramesPerSecond), demand.Sum(c => c.FramesPerSecond), 9);
        var two = Assert.Single(demand, c => c.QuestionsPerSecond > c.FramesPerSecond && c.SlaClass == "default");
        Assert.Equal([1.6, 0.8], two.Values);
    }

    [Fact]
    public void MoreThan32Cells_AreMergedByRateAndLoseNothing()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        int[] budgets = [1, 4, 16, 36, 64, 144, 576];
        foreach (var floor in budgets)
        {
            foreach (var ceiling in budgets.Where(b => b >= floor))
            {
                Arrive("default", new(floor, ceiling));
                Arrive("flex", new(floor, ceiling));
            }
        }

        _meter.Arrived("default", Whole, [QuestionKind.Other], [0.6, 0.2], frames: 10);
        Arrive("priority");

        var (classes, demand) = _meter.Read();

        Assert.Equal(32, demand.Length);
        foreach (var load in classes)
        {
            Assert.Equal(load.FramesPerSecond, demand.Where(c => c.SlaClass == load.SlaClass).Sum(c => c.FramesPerSecond), 9);
        }

        Assert.Single(demand, c => c.SlaClass == "priority");
        var largest = demand.MaxBy(c => c.FramesPerSecond)!;
        Assert.Equal("default", largest.SlaClass);
        Assert.Equal(Whole, largest.Range);
        Assert.All(demand, c => Assert.InRange(c.Values[1], 0.2, 0.4));
    }

    [Fact]
    public void Values_FollowACurveThatChanges()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        Arrive();
        for (var i = 0; i < 500; i++)
        {
            _meter.Arrived("default", Whole, [QuestionKind.Other], [0.5, 0.1], frames: 1);
        }

        Assert.Equal(0.5, Assert.Single(_meter.Read().Demand).Values[0], 0.01);
    }

    private void Play(double seconds, double perSecond)
    {
        var due = 0.0;
        for (var tick = 0; tick < seconds * 1000; tick++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            for (due += perSecond / 1000; due >= 1; due--)
            {
                Arrive();
            }
        }
    }

    private void Arrive(string slaClass = "default", BudgetRange? range = null) => _meter.Arrived(slaClass, range ?? Whole, [QuestionKind.Other], [0.8, 0.4], frames: 1);
}
