using DeltaEdge.Core.Sla;

namespace DeltaEdge.Core.Planning;

/// <summary>
/// All cells of all reports, and what they would need at each price. The prices that differ are few: between two neighbouring slopes
/// of all hulls nothing changes. They are called levels here, 0 the dearest, at which everybody is at the floor.
/// </summary>
public sealed class FleetDemand
{
    /// <summary>The quantile of latency that deadlines are held against, as the share beyond it.</summary>
    private const double Tail = 0.05;

    /// <summary>Slopes this near to each other are one: prices between them would be noise.</summary>
    private const double SameSlope = 1e-6;

    private readonly List<PricedCell> _cells = [];
    private readonly List<double> _slopes = []; // falling
    private readonly double _capacity;
    private readonly (double Utilisation, double InService) _floor;

    /// <param name="reports">One per worker. Workers that drain still bring their load, which others will have to take, but no capacity.</param>
    /// <param name="catalog">Deadlines, weights and ranges of the classes.</param>
    public FleetDemand(IReadOnlyList<WorkerReport> reports, SlaCatalog catalog)
    {
        var workers = 0;
        foreach (var report in reports)
        {
            workers += report.Draining ? 0 : 1;
            foreach (var cell in report.Demand)
            {
                if (cell.FramesPerSecond > 0)
                {
                    _cells.Add(new(cell, report.Profile, catalog.Find(cell.SlaClass) ?? catalog.DefaultClass));
                }
            }
        }

        _capacity = Math.Max(1, workers);
        CollectSlopes();
        _floor = Moments(double.PositiveInfinity);
    }

    /// <summary>The richest level, at which everybody has what gains anything.</summary>
    public int Top => _slopes.Count;

    /// <summary>The level that a price comes to.</summary>
    public int LevelOf(double price)
    {
        var level = 0;
        while (level < Top && _slopes[level] > price)
        {
            level++;
        }

        return level;
    }

    /// <summary>A price in the middle of a level, so that small changes of curves move nobody across its ends. 0 at the top.</summary>
    public double PriceOf(int level) =>
        level == Top ? 0 : level == 0 ? 2 * _slopes[0] : Math.Sqrt(_slopes[level - 1] * _slopes[level]);

    /// <summary>Visual tokens of the class's best-served cell at a price; null if nothing is asked in it.</summary>
    public int? CeilingAt(double price, SlaClass sla)
    {
        int? most = null;
        foreach (var cell in _cells)
        {
            if (cell.Class == sla)
            {
                most = Math.Max(most ?? 0, cell.BudgetAt(price));
            }
        }

        return most;
    }

    /// <summary>What a price would come to.</summary>
    public LoadForecast At(double price)
    {
        var (utilisation, inService) = Moments(price);
        return new(utilisation, Slack(price, utilisation, inService));
    }

    /// <summary>
    /// At the 95th percentile an ask finds a frame in service (its size-biased mean, E[S²]/E[S]), then the queue, then is served
    /// itself. A worker's own loop serves a queue that has grown too long at its floors, so the queue's tail is that of an M/G/1
    /// queue at floors and not at the plan: P(W > t) = ρ exp(-t / D), D = E[S²] / (2 E[S] (1 - ρ)) with S and ρ at the floors (exact
    /// for exponential service, Kingman's heavy-traffic limit otherwise), where the outer ρ is the plan's: how often there is a queue.
    /// </summary>
    private double Slack(double price, double utilisation, double inService)
    {
        var queue = QueueSeconds(utilisation);
        var least = 1d;
        foreach (var cell in _cells)
        {
            var deadline = cell.Class.DeadlineMs / 1000.0;
            var hopeless = _floor.InService + cell.SecondsAt(double.PositiveInfinity) > deadline; // Whatever the load, so that more of it never makes a plan richer.
            if (!hopeless)
            {
                least = Math.Min(least, 1 - ((queue + inService + cell.SecondsAt(price)) / deadline));
            }
        }

        return least;
    }

    /// <summary>95th percentile of the wait behind others' floors, when there is a queue for that share of the time.</summary>
    private double QueueSeconds(double busy) => _floor.Utilisation >= 1
        ? double.PositiveInfinity
        : _floor.InService / 2 / (1 - _floor.Utilisation) * Math.Log(Math.Max(1, Math.Min(1, busy) / Tail));

    private (double Utilisation, double InService) Moments(double price)
    {
        var (load, squares) = (0d, 0d);
        foreach (var cell in _cells)
        {
            var seconds = cell.SecondsAt(price);
            load += cell.FramesPerSecond * seconds;
            squares += cell.FramesPerSecond * seconds * seconds;
        }

        return (load / _capacity, load > 0 ? squares / load : 0);
    }

    private void CollectSlopes()
    {
        foreach (var cell in _cells)
        {
            foreach (var step in cell.Steps)
            {
                _slopes.Add(step.Slope);
            }
        }

        _slopes.Sort(static (a, b) => b.CompareTo(a));
        var kept = 0;
        for (var i = 0; i < _slopes.Count; i++)
        {
            if (kept == 0 || _slopes[i] < _slopes[kept - 1] * (1 - SameSlope))
            {
                _slopes[kept++] = _slopes[i];
            }
        }

        _slopes.RemoveRange(kept, _slopes.Count - kept);
    }
}
