using System.Collections.Immutable;
using DeltaEdge.Evaluation.Runs;

namespace DeltaEdge.Evaluation.Statistics;

/// <summary>A run second by second, by when frames were captured.</summary>
internal sealed class Timeline
{
    private readonly PolicyRun _run;
    private readonly Tally[] _seconds;

    public Timeline(PolicyRun run)
    {
        _run = run;
        _seconds = Windows(0, 1, Math.Max(1, (int)Math.Ceiling(run.Workload.DurationSeconds)));
    }

    public ImmutableArray<SecondPoint> Points()
    {
        var latencies = new List<double>[_seconds.Length];
        foreach (ref readonly var ask in _run.Asks.AsSpan())
        {
            if (Tally.IsAnswered(ask))
            {
                (latencies[Second(ask)] ??= []).Add(ask.LatencySeconds);
            }
        }

        var points = ImmutableArray.CreateBuilder<SecondPoint>(_seconds.Length);
        for (var i = 0; i < _seconds.Length; i++)
        {
            ref readonly var second = ref _seconds[i];
            latencies[i]?.Sort();
            var p95 = Percentile.NearestRank(latencies[i]?.ToArray(), 0.95);
            var length = Math.Min(1, _run.Workload.DurationSeconds - i);
            points.Add(new(i, second.Asks / length, second.MeanBudget, p95, second.Attainment, second.Accuracy, second.UsefulShare));
        }

        return points.MoveToImmutable();
    }

    /// <summary>Least attainment over ten whole seconds that follow each other, beginning with any; the run's if it is shorter.</summary>
    public double WorstTenSeconds()
    {
        const int Length = 10;
        var worst = double.PositiveInfinity;
        for (var begin = 0; begin == 0 || begin + Length <= _seconds.Length; begin++)
        {
            var window = Sum(begin, Length);
            worst = window.Asks > 0 ? Math.Min(worst, window.Attainment) : worst;
        }

        return double.IsFinite(worst) ? worst : double.NaN;
    }

    /// <summary>Least mean expected accuracy of ten seconds, counted in tens from the begin; NaN without answers.</summary>
    public double LeastExpectedAccuracy()
    {
        const int Length = 10;
        var least = double.PositiveInfinity;
        for (var begin = 0; begin < _seconds.Length; begin += Length)
        {
            var window = Sum(begin, Length);
            least = window.Answered > 0 ? Math.Min(least, window.ExpectedAccuracy) : least;
        }

        return double.IsFinite(least) ? least : double.NaN;
    }

    /// <summary>
    /// Seconds from the step to the first of three 1 s windows in a row that are all as good as 0.99 or as before the step. A window
    /// in which nothing was asked is good. Null without a step, infinite if there are no such windows before the step's end.
    /// </summary>
    public double? Recovery()
    {
        const double Good = 0.99;
        const int Stays = 3;
        if (_run.Workload.StepAtSeconds is not { } step)
        {
            return null;
        }

        var before = new Tally();
        foreach (ref readonly var ask in _run.Asks.AsSpan())
        {
            if (ask.DueSeconds < step)
            {
                before.Add(ask);
            }
        }

        var wanted = before.Asks > 0 ? Math.Min(Good, before.Attainment) : Good;
        var windows = Windows(step, 1, (int)Math.Floor((_run.Workload.StepEndsAtSeconds ?? _run.Workload.DurationSeconds) - step));
        var inARow = 0;
        for (var i = 0; i < windows.Length; i++)
        {
            inARow = windows[i].Asks == 0 || windows[i].Attainment >= wanted ? inARow + 1 : 0;
            if (inARow == Stays)
            {
                return i + 1 - Stays;
            }
        }

        return double.PositiveInfinity;
    }

    private int Second(in AskRecord ask) => Math.Clamp((int)ask.DueSeconds, 0, _seconds.Length - 1);

    private Tally Sum(int begin, int length)
    {
        var sum = new Tally();
        for (var i = begin; i < Math.Min(begin + length, _seconds.Length); i++)
        {
            sum.Add(_seconds[i]);
        }

        return sum;
    }

    private Tally[] Windows(double begin, double length, int count)
    {
        var windows = new Tally[Math.Max(0, count)];
        foreach (ref readonly var ask in _run.Asks.AsSpan())
        {
            var index = Math.Floor((ask.DueSeconds - begin) / length);
            if (index >= 0 && index < windows.Length)
            {
                windows[(int)index].Add(ask);
            }
        }

        return windows;
    }
}
