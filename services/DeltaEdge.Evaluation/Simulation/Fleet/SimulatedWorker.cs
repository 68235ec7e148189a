using System.Collections.Immutable;
using System.Globalization;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Planning.Demand;
using DeltaEdge.Core.Routing;
using DeltaEdge.Core.Time;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Simulation.Engine;
using DeltaEdge.Evaluation.Simulation.Reporting;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>One worker and what reaches it: its streams' frames, its faults, plans, and what clients ask of it. It runs by itself up to any time.</summary>
internal sealed class SimulatedWorker : IAskSink
{
    private readonly ReadOnlyMemory<FrameAt> _frames;
    private readonly ImmutableArray<WorkerFault> _faults;
    private readonly StreamTable _streams;
    private readonly RunLedger _ledger;
    private readonly SimulationSettings _settings;
    private readonly StageTimes _times;
    private readonly SettableTime _time = new();
    private readonly LoadMeter? _meter;
    private readonly IClientAsks? _asks;

    private SimulatedEngine? _engine;
    private int _nextFrame;
    private int _nextFault;
    private (BudgetPlan Plan, TimeSpan At)? _plan;
    private (TimeSpan At, TimeSpan Busy) _lastReport;
    private long _sequence;

    /// <param name="index">Among the fleet's workers.</param>
    /// <param name="frames">What its streams will ask, in order of time.</param>
    /// <param name="faults">The workload's; it picks its own.</param>
    /// <param name="streams">What the frames' streams ask.</param>
    /// <param name="ledger">Where ends are written.</param>
    /// <param name="settings">Of the fleet.</param>
    /// <param name="planned">Whether a planner reads its reports, and so its demand is measured.</param>
    /// <param name="asks">Told when a client's ask has ended, or is to go elsewhere; null if there are no clients.</param>
    public SimulatedWorker(
        int index, ReadOnlyMemory<FrameAt> frames, ImmutableArray<WorkerFault> faults, StreamTable streams, RunLedger ledger, SimulationSettings settings, bool planned, IClientAsks? asks)
    {
        (_frames, _streams, _ledger, _settings) = (frames, streams, ledger, settings);
        _asks = asks;
        _faults = faults.IsEmpty ? faults : [.. faults.Where(f => f.Worker == index)];
        Id = string.Create(CultureInfo.InvariantCulture, $"worker-{index}");
        _times = new StageTimes(settings.TrueProfile ?? settings.Profile, settings.Noise, settings.DriftPerMinute, settings.Pace, new Draws(settings.Seed, Id));
        _meter = planned ? new LoadMeter(settings.Catalog, new MonotonicClock(_time)) : null;
        _engine = new SimulatedEngine(settings, _times, this);
    }

    public string Id { get; }

    /// <summary>Does everything that happens up to and at that time.</summary>
    public void RunUntil(TimeSpan until)
    {
        var frames = _frames.Span;
        while (true)
        {
            var frame = _nextFrame < frames.Length ? frames[_nextFrame].At : TimeSpan.MaxValue;
            var engine = _engine?.ReadyAt ?? TimeSpan.MaxValue;
            var fault = _nextFault < _faults.Length ? TimeSpan.FromSeconds(_faults[_nextFault].AtSeconds) : TimeSpan.MaxValue;
            var plan = _plan?.At ?? TimeSpan.MaxValue;
            var first = frame < engine ? frame : engine;
            var rare = fault < plan ? fault : plan;
            if ((rare < first ? rare : first) is var now && (now > until || now == TimeSpan.MaxValue))
            {
                return;
            }

            if (rare <= first)
            {
                Happen(fault <= plan, now);
            }
            else if (frame <= engine)
            {
                Arrive(frames[_nextFrame++], ticket: null);
            }
            else
            {
                _engine!.Advance(now);
            }
        }
    }

    /// <summary>A plan that it will see at that time, its next heartbeat; replaces one that it has not seen yet.</summary>
    public void Send(BudgetPlan plan, TimeSpan at) => _plan = (plan, at);

    /// <summary>A client's frame comes in at the time up to which it has run; false if it is lost.</summary>
    public bool Take(in FrameAt frame, AskTicket ticket)
    {
        if (_engine is null)
        {
            return false;
        }

        Arrive(frame, ticket);
        return true;
    }

    /// <summary>Its heartbeat; null while it is lost.</summary>
    public WorkerReport? Report(TimeSpan now)
    {
        if (_engine is not { } engine)
        {
            return null;
        }

        var elapsed = (now - _lastReport.At).TotalSeconds;
        var busy = elapsed <= 0 ? 0 : Math.Clamp((engine.Busy - _lastReport.Busy).TotalSeconds / elapsed, 0, 1);
        _lastReport = (now, engine.Busy);
        _time.Now = now;
        var (classes, cells) = _meter?.Read() ?? default;
        return new WorkerReport
        {
            WorkerId = Id,
            Address = Id,
            Model = "simulated",
            Sequence = ++_sequence,
            Profile = engine.Profile,
            Classes = classes.IsDefault ? [] : classes,
            Demand = cells.IsDefault ? [] : cells,
            QueueDepth = engine.Scheduler.QueueDepth,
            BacklogSeconds = engine.Scheduler.BacklogSeconds(now),
            ActiveRows = engine.ActiveRows,
            BusyRatio = busy,
            CurrentBudget = engine.Scheduler.LastBudget,
        };
    }

    public void Ended(SimulatedAsk ask, AskEndKind end, TimeSpan now)
    {
        if (ask.Ticket is { } ticket && _asks!.Ended(ask.Record, ticket, end == AskEndKind.Failed))
        {
            return; // Somebody else is asked.
        }

        var answered = end is AskEndKind.OnTime or AskEndKind.Late;
        var seconds = (now - ask.CapturedAt).TotalSeconds;
        if (answered)
        {
            var (believed, truth) = _streams.Accuracy(ask.Budget, ask.Kind);
            _ledger.Answer(ask.Record, end, seconds, ask.Budget, Hashes.Hardness(ask.Draw, ask.Question) < truth, believed);
        }
        else
        {
            _ledger.End(ask.Record, end);
        }

        _time.Now = now;
        _meter?.Finished(ask.SlaClass, end == AskEndKind.OnTime, answered ? ask.Budget : 0, answered ? seconds : null, AnswerTokens.Expected(ask.Tokens));
    }

    private void Happen(bool isFault, TimeSpan now)
    {
        if (!isFault)
        {
            _engine?.Plans.Apply(_plan!.Value.Plan, now);
            _plan = null;
            return;
        }

        var returns = _faults[_nextFault++].Returns;
        if (returns)
        {
            _engine ??= new SimulatedEngine(_settings, _times, this);
            _lastReport = (now, TimeSpan.Zero);
        }
        else
        {
            _engine?.Lose(now);
            _engine = null;
        }
    }

    private void Arrive(in FrameAt frame, AskTicket? ticket)
    {
        if (_engine is not { } engine)
        {
            _ledger.FailFrame(frame.Arrival);
            return;
        }

        var terms = _streams[frame.Stream];
        var picture = (uint)_settings.FrameOf(frame.Arrival);
        _time.Now = frame.At;
        _meter?.Arrived(terms.SlaClass, terms.DemandRange, terms.Kinds, terms.Values, frames: 1);
        for (var question = 0; question < terms.Kinds.Length; question++)
        {
            var ask = new SimulatedAsk
            {
                Frame = picture,
                Range = terms.Range,
                SlaClass = terms.SlaClass,
                CapturedAt = frame.CapturedAt,
                Deadline = frame.CapturedAt + terms.Deadline,
                ArrivedAt = frame.At,
                ExpectedTokens = AnswerTokens.Expected(terms.Tokens[question]),
                Quality = terms.Curves[question],
                Stream = (ulong)frame.Stream + 1,
                Record = frame.Record + question,
                Question = question,
                Kind = terms.Kinds[question],
                Draw = frame.Draw,
                Ticket = ticket,
                Tokens = terms.Tokens[question],
            };
            engine.Admit(ask, frame.At);
        }
    }
}
