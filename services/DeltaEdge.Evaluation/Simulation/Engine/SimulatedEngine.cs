using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.Evaluation.Runs;

namespace DeltaEdge.Evaluation.Simulation.Engine;

/// <summary>
/// The engine's loop with time in place of work: plan, then encode, prefill ask by ask, or one decode step of all rows, each with the
/// same calls to the scheduler and the profile tracker, in the same order, as the engine makes them. What a stage brings is there
/// when it ends, so asks may arrive in the middle of it.
/// </summary>
internal sealed class SimulatedEngine
{
    private readonly PlanHolder _plans = new();
    private readonly ProfileTracker _profiles;
    private readonly ActiveRows _active;
    private readonly RecentKeys _frames;
    private readonly PrefixKeys _prefixes;
    private readonly Scheduler _scheduler;
    private readonly StageTimes _times;
    private readonly IAskSink _sink;
    private readonly List<PendingAsk> _taken = [];
    private readonly List<PendingAsk> _yielded = [];

    private EngineStage _stage;
    private TimeSpan _took;
    private double _predicted;
    private WaitingGroup? _group;
    private SimulatedAsk? _prefilling;
    private int _budget;
    private bool _keep;
    private TimeSpan _busy;

    public SimulatedEngine(SimulationSettings settings, StageTimes times, IAskSink sink)
    {
        (_times, _sink) = (times, sink);
        _profiles = new ProfileTracker(settings.Profile);
        _active = new ActiveRows(settings.Slots);
        _frames = new RecentKeys(settings.CachedFrames);
        _prefixes = new PrefixKeys(settings.Prefixes);
        _scheduler = new Scheduler(settings.Policy(), _plans, _profiles, _active, _frames.Contains, settings.Scheduler);
    }

    /// <summary>When the running stage ends, or a held decision is due; <see cref="TimeSpan.MaxValue"/> while there is nothing to do.</summary>
    public TimeSpan ReadyAt { get; private set; } = TimeSpan.MaxValue;

    public LatencyProfile Profile => _profiles.Current;

    public Scheduler Scheduler => _scheduler;

    public int ActiveRows => _active.Count;

    /// <summary>Time in stages so far; the running one counts in full.</summary>
    public TimeSpan Busy => _busy;

    public PlanHolder Plans => _plans;

    /// <summary>Lets an ask in, or ends it.</summary>
    public void Admit(SimulatedAsk ask, TimeSpan now)
    {
        var admission = _scheduler.TryAdmit(ask, now);
        if (admission.Replaced is { } replaced)
        {
            foreach (var older in replaced)
            {
                _sink.Ended((SimulatedAsk)older, AskEndKind.Rejected, now);
            }
        }

        if (admission.Verdict != AdmissionVerdict.Accepted)
        {
            _sink.Ended(ask, AskEndKind.Rejected, now);
        }
        else if (_stage == EngineStage.None)
        {
            ReadyAt = now;
        }
    }

    /// <summary>Ends the running stage and begins the next. To be called at <see cref="ReadyAt"/>.</summary>
    public void Advance(TimeSpan now)
    {
        Commit(now);
        while (true)
        {
            if (_group is not null && PrefillNext(now))
            {
                return;
            }

            _group = null;
            EndLostRows(now);
            var plan = _scheduler.Plan(now, _taken, _yielded);
            foreach (var expired in _taken)
            {
                _sink.Ended((SimulatedAsk)expired, AskEndKind.Expired, now);
            }

            foreach (var yielded in _yielded)
            {
                _sink.Ended((SimulatedAsk)yielded, AskEndKind.Rejected, now);
            }

            _taken.Clear();
            _yielded.Clear();
            switch (plan.Kind)
            {
                case StepKind.Idle:
                    ReadyAt = plan.Until ?? TimeSpan.MaxValue;
                    return;
                case StepKind.Encode:
                    _group = plan.Group;
                    Begin(EngineStage.Encode, _profiles.Current.FrameSeconds, _times.Truth.FrameSeconds, now);
                    return;
                case StepKind.Decode:
                    Begin(EngineStage.Decode, _profiles.Current.DecodeStep(_active.Count), _times.Truth.DecodeStep(_active.Count), now);
                    return;
                default:
                    (_group, _budget) = (plan.Group, plan.Decision.Budget);
                    _keep = !_group!.Encoded;
                    _group.Encoded = false;
                    _frames.Touch(_group.Key.Frame);
                    break;
            }
        }
    }

    /// <summary>The process is gone, and with it everything it held.</summary>
    public void Lose(TimeSpan now)
    {
        _scheduler.TakeAll(_taken, close: true);
        for (var row = _active.Count - 1; row >= 0; row--)
        {
            _taken.Add(_active[row]);
        }

        if (_prefilling is { } prefilling)
        {
            _taken.Add(prefilling);
        }

        foreach (var ask in _taken)
        {
            _sink.Ended((SimulatedAsk)ask, AskEndKind.Failed, now);
        }
    }

    /// <summary>Takes the group's next ask to a free row; false if there is none of either.</summary>
    private bool PrefillNext(TimeSpan now)
    {
        while (_active.Free > 0 && _scheduler.TakeFirst(_group!) is SimulatedAsk ask)
        {
            if (ask.Deadline <= now)
            {
                End(ask, AskEndKind.Expired, AskVerdict.Expired, now);
                continue;
            }

            ask.Budget = _budget;
            _prefilling = ask;
            _keep |= _scheduler.Left(_group!) > 0;
            var (predicted, seconds) = (_profiles.Current.QuestionSeconds, _times.Truth.QuestionSeconds);
            if (!_prefixes.TryUse(ask.Frame, _budget))
            {
                var rung = _times.Truth.Ladder.RungOf(_budget);
                predicted += _profiles.Current.PrefixSeconds[rung];
                seconds += _times.Truth.PrefixSeconds[rung];
                if (_keep)
                {
                    _prefixes.Keep(ask.Frame, _budget);
                }
            }

            Begin(EngineStage.Prefill, predicted, seconds, now);
            return true;
        }

        return false;
    }

    private void Begin(EngineStage stage, double predicted, double seconds, TimeSpan now)
    {
        (_stage, _predicted) = (stage, predicted);
        _took = _times.Of(seconds, now);
        _busy += _took;
        ReadyAt = now + _took;
    }

    private void Commit(TimeSpan now)
    {
        var stage = _stage;
        _stage = EngineStage.None;
        switch (stage)
        {
            case EngineStage.Encode:
                _frames.Add(_group!.Key.Frame);
                _scheduler.MarkEncoded(_group, _took);
                _group = null;
                break;
            case EngineStage.Prefill:
                var ask = _prefilling!;
                _prefilling = null;
                if (!Append(ask, now))
                {
                    _active.Add(ask);
                }

                break;
            case EngineStage.Decode:
                for (var row = _active.Count - 1; row >= 0; row--)
                {
                    if (Append((SimulatedAsk)_active[row], now))
                    {
                        _active.RemoveAt(row);
                    }
                }

                break;
            default:
                return;
        }

        _profiles.Observe(_predicted, _took.TotalSeconds);
    }

    /// <summary>One more token; true if that ended the answer.</summary>
    private bool Append(SimulatedAsk ask, TimeSpan now)
    {
        if (++ask.TokensDone < ask.Tokens)
        {
            return false;
        }

        var onTime = now <= ask.Deadline;
        End(ask, onTime ? AskEndKind.OnTime : AskEndKind.Late, onTime ? AskVerdict.OnTime : AskVerdict.Late, now);
        return true;
    }

    private void EndLostRows(TimeSpan now)
    {
        for (var row = _active.Count - 1; row >= 0; row--)
        {
            var ask = (SimulatedAsk)_active[row];
            if (ask.Deadline <= now)
            {
                _active.RemoveAt(row);
                End(ask, AskEndKind.Expired, AskVerdict.Expired, now);
            }
        }
    }

    private void End(SimulatedAsk ask, AskEndKind end, AskVerdict verdict, TimeSpan now)
    {
        _scheduler.Ended(ask, verdict, now);
        _sink.Ended(ask, end, now);
    }
}
