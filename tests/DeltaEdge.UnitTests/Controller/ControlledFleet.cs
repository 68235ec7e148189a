using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Planning.Demand;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Time;
using DeltaEdge.UnitTests.Core;
using DeltaEdge.UnitTests.Time;
using DeltaEdge.Worker.Reporting;

namespace DeltaEdge.UnitTests.Controller;

/// <summary>
/// The slow loop closed over simulated workers: Poisson arrivals, each worker's own load meter, a report every 200 ms and a plan every
/// 250 ms, and a fast loop that spends the largest planned budget at which its whole queue is on time.
/// </summary>
internal sealed class ControlledFleet
{
    private const double Tick = 0.001;
    private const double Deadline = 0.5;

    private readonly ManualTimeProvider _time = new();
    private readonly Random _random;
    private readonly BudgetPlanner _planner = new(TokenLadder.Default, SlaCatalog.Default, new ControllerOptions());
    private readonly Node[] _nodes;
    private readonly LatencyProfile _truth;
    private PlannerState _state;
    private long _ticks;

    /// <param name="workers">Workers; arrivals pick one at random.</param>
    /// <param name="seed">Of arrivals.</param>
    /// <param name="price">Price to start at.</param>
    /// <param name="wrongBy">True seconds over profiled ones.</param>
    public ControlledFleet(int workers, int seed, double price = 0, double wrongBy = 1)
    {
        var clock = new MonotonicClock(_time);
        _random = new(seed);
        _state = new(price, 0);
        _truth = Reports.Profile(wrongBy);
        _nodes = [.. Enumerable.Range(0, workers).Select(_ => new Node(new LoadMeter(SlaCatalog.Default, clock)))];
    }

    /// <summary>Seconds at which the price changed, and the ceiling from then on.</summary>
    public List<(double At, int Ceiling, string Reason)> Switches { get; } = [];

    public int Ceiling { get; private set; } = 576;

    public int Asked { get; private set; }

    public int OnTime { get; private set; }

    public double Accuracy { get; private set; }

    public double Now => _ticks * Tick;

    /// <summary>Runs on under that many asks a second.</summary>
    public void Run(double seconds, double perSecond)
    {
        for (var end = _ticks + (long)(seconds / Tick); _ticks < end; _ticks++)
        {
            _time.Advance(TimeSpan.FromSeconds(Tick));
            if (_random.NextDouble() < perSecond * Tick)
            {
                Arrive(_nodes[_random.Next(_nodes.Length)]);
            }

            foreach (var node in _nodes)
            {
                Serve(node);
                if (_ticks % 200 == 0)
                {
                    node.Report = ReportOf(node);
                }
            }

            if (_ticks % 250 == 0)
            {
                Plan();
            }
        }
    }

    private void Arrive(Node node)
    {
        Asked++;
        node.Meter.Arrived("default", BudgetRange.Whole(TokenLadder.Default), [QuestionKind.Other], Reports.Curve.AsSpan(), frames: 1);
        node.Queue.Enqueue(Now);
    }

    private void Serve(Node node)
    {
        while (node.Queue.TryPeek(out var captured) && captured + Deadline < Now + Seconds(_truth, 6))
        {
            node.Queue.Dequeue();
            node.Meter.Finished("default", onTime: false, 0, null, 0);
        }

        if (node.FreeAt > Now || !node.Queue.TryDequeue(out var next))
        {
            return;
        }

        var rung = Rung(node, next);
        node.FreeAt = Now + Seconds(_truth, rung);
        var onTime = node.FreeAt <= next + Deadline;
        node.Meter.Finished("default", onTime, TokenLadder.Default[rung], node.FreeAt - next, 2);
        OnTime += onTime ? 1 : 0;
        Accuracy += onTime ? Reports.Curve[rung] : 0;
    }

    private int Rung(Node node, double head)
    {
        var profile = Reports.Profile();
        for (var rung = TokenLadder.Default.RungAtMost(Ceiling); rung < 6; rung++)
        {
            var finish = Now;
            var fits = true;
            foreach (var captured in node.Queue.Prepend(head))
            {
                finish += 1.15 * Seconds(profile, rung);
                fits &= finish <= captured + Deadline;
            }

            if (fits)
            {
                return rung;
            }
        }

        return 6;
    }

    private WorkerReport ReportOf(Node node)
    {
        var (classes, demand) = node.Meter.Read();
        return Reports.Worker("w") with
        {
            Classes = classes,
            Demand = demand,
            BacklogSeconds = Math.Max(0, node.FreeAt - Now) + (node.Queue.Count * Seconds(Reports.Profile(), 6)),
        };
    }

    private void Plan()
    {
        ImmutableArray<WorkerReport> reports = [.. _nodes.Where(n => n.Report is not null).Select(n => n.Report!)];
        var before = _state.Price;
        (var plan, _state) = _planner.Next(_state, reports, TimeSpan.FromSeconds(Now));
        Ceiling = plan.Classes["default"].Ceiling;
        if (plan.Price != before)
        {
            Switches.Add((Now, Ceiling, plan.Reason));
        }
    }

    private static double Seconds(LatencyProfile profile, int rung) => profile.PredictGroup(rung, frameCached: false, questions: 1, answerTokens: 2);

    private sealed class Node(LoadMeter meter)
    {
        public LoadMeter Meter { get; } = meter;

        public Queue<double> Queue { get; } = new();

        public double FreeAt { get; set; }

        public WorkerReport? Report { get; set; }
    }
}
