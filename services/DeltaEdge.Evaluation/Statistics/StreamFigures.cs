using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Statistics;

/// <summary>What can only be said of a run stream by stream.</summary>
internal sealed class StreamFigures
{
    private readonly Workload _workload;
    private readonly List<AskRecord>[] _asks;
    private readonly Tally[] _tallies;

    public StreamFigures(PolicyRun run)
    {
        _workload = run.Workload;
        _asks = [.. _workload.Streams.Select(_ => new List<AskRecord>())];
        _tallies = new Tally[_asks.Length];
        foreach (ref readonly var ask in run.Asks.AsSpan())
        {
            var stream = _workload.Arrivals[ask.Arrival].Stream;
            _asks[stream].Add(ask);
            _tallies[stream].Add(ask);
        }
    }

    /// <summary>Useful answers over asks, each counted by its stream's weight; NaN without asks.</summary>
    public double WeightedUseful()
    {
        var (useful, asks) = (0d, 0d);
        for (var i = 0; i < _tallies.Length; i++)
        {
            var weight = _workload.Streams[i].Weight;
            (useful, asks) = (useful + (weight * _tallies[i].Useful), asks + (weight * _tallies[i].Asks));
        }

        return useful / asks;
    }

    /// <summary>Jain's index over streams of useful answers per ask.</summary>
    public double FairnessOfStreams() => Fairness.Jain([.. _tallies.Where(t => t.Asks > 0).Select(t => t.UsefulShare)]);

    /// <summary>Jain's index over SLA classes of useful answers per ask.</summary>
    public double FairnessOfClasses()
    {
        var classes = new Dictionary<string, Tally>(StringComparer.Ordinal);
        for (var i = 0; i < _tallies.Length; i++)
        {
            var name = _workload.Streams[i].SlaClass;
            var sum = classes.GetValueOrDefault(name);
            sum.Add(_tallies[i]);
            classes[name] = sum;
        }

        return Fairness.Jain([.. classes.Values.Where(t => t.Asks > 0).Select(t => t.UsefulShare)]);
    }

    /// <summary>Answers below their stream's floor.</summary>
    public int FloorViolations()
    {
        var violations = 0;
        for (var i = 0; i < _asks.Length; i++)
        {
            var floor = _workload.Streams[i].Range.Floor;
            violations += _asks[i].Count(a => Tally.IsAnswered(a) && a.Budget < floor);
        }

        return violations;
    }

    /// <summary>Changes of budget from one answer of a stream to its next, per minute, mean over streams that asked; NaN if none did.</summary>
    public double SwitchesPerMinute() =>
        Mean(_asks.Where(a => a.Count > 0).Select(a => Switches(a) / (_workload.DurationSeconds / 60)));

    /// <summary>Mean over time of the age of the newest answered frame, mean over streams that asked, seconds; NaN if none did.</summary>
    public double AgeOfInformation() => Mean(Enumerable.Range(0, _asks.Length).Where(i => _asks[i].Count > 0).Select(MeanAge));

    private static double Switches(List<AskRecord> asks)
    {
        var (switches, last) = (0, 0);
        foreach (var ask in asks.Where(a => Tally.IsAnswered(a)))
        {
            switches += last != 0 && ask.Budget != last ? 1 : 0;
            last = ask.Budget;
        }

        return switches;
    }

    /// <summary>The area under the saw of ages, over its length: between two deliveries the age rises by a second per second.</summary>
    private double MeanAge(int stream)
    {
        var asks = _asks[stream];
        var begin = asks[0].DueSeconds;
        var end = asks[^1].DueSeconds + _workload.Streams[stream].DeadlineSeconds;
        var (at, newest, area) = (begin, begin, 0d);
        foreach (var (known, capture) in asks.Where(Informs).Select(Delivery).OrderBy(d => d.Known))
        {
            if (capture > newest && known < end)
            {
                area += Area(newest, at, known);
                (at, newest) = (known, capture);
            }
        }

        return (area + Area(newest, at, end)) / (end - begin);
    }

    private static bool Informs(AskRecord ask) => ask.End == AskEndKind.Gated || Tally.IsAnswered(ask);

    private static (double Known, double Capture) Delivery(AskRecord ask) =>
        (ask.End == AskEndKind.Gated ? ask.DueSeconds : ask.DueSeconds + ask.LatencySeconds, ask.DueSeconds);

    /// <summary>Integral of the age of a frame from one time to another.</summary>
    private static double Area(double capture, double from, double to) => (to - from) * (((from + to) / 2) - capture);

    private static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Average();
}
