using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Scheduling;

/// <summary>
/// Decides who is let in and what runs next: earliest deadline first among the groups that can still be on time, the others after
/// them. Callers admit from any thread, the engine's thread plans; one short lock between them, never held over a run.
/// </summary>
public sealed class Scheduler(
    IServingPolicy policy,
    PlanHolder plans,
    ProfileTracker profiles,
    ActiveRows active,
    Func<UInt128, bool> frameCached,
    SchedulerOptions options)
{
    /// <summary>How long a refusal for load counts as pressure on the budgets of those that were let in.</summary>
    private static readonly TimeSpan PressureMemory = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly WaitingLine _queue = new(options.Order);
    private readonly QueueViews _views = new(policy, plans, frameCached);
    private readonly DoorReserve _reserve = new(options.Classes);
    private readonly UpNext _upNext = new();
    private readonly YieldScratch _yielding = new();
    private TimeSpan _busyUntil;
    private TimeSpan _pressedUntil;
    private int _lastBudget;
    private int _stepsWhileWaiting;
    private bool _closed;

    /// <summary>Whether the last plan saw a frame that <see cref="NextToRead"/> would give out.</summary>
    public bool WantsReading => _upNext.WantsReading;

    public int QueueDepth
    {
        get
        {
            lock (_gate)
            {
                return _queue.Count;
            }
        }
    }

    public int LastBudget => Volatile.Read(ref _lastBudget);

    /// <summary>
    /// Queues an ask unless the policy will not have it, or its door predicts that it would be late, or the queue is full; heavier classes
    /// find room a little longer. An idle engine always lets it in, so that a prediction gone wrong cannot shut the door for good.
    /// </summary>
    public Admission TryAdmit(PendingAsk ask, TimeSpan now)
    {
        lock (_gate)
        {
            var admission = _closed ? new Admission(AdmissionVerdict.Closed) : Admit_NeedsLock(ask, now);
            if (admission.Verdict == AdmissionVerdict.Accepted)
            {
                _queue.Add(ask);
            }
            else if (admission.Verdict != AdmissionVerdict.Closed)
            {
                Ended_NeedsLock(ask, AskVerdict.Refused, now);
            }

            return admission;
        }
    }

    /// <summary>
    /// An ask whose frame should be read next; null if there is none. In the queue's order, of the first few that can be on time and
    /// whose frame is not encoded: pixels of those who are turned away are never made.
    /// </summary>
    public PendingAsk? NextToRead(TimeSpan now)
    {
        lock (_gate)
        {
            return UpNext.NextToRead(_queue, _views, profiles.Current, now);
        }
    }

    /// <summary>Tells the policy how an ask ended that had been taken out of the queue.</summary>
    public void Ended(PendingAsk ask, AskVerdict verdict, TimeSpan now)
    {
        lock (_gate)
        {
            Ended_NeedsLock(ask, verdict, now);
        }
    }

    /// <summary>Takes a waiting ask out; false if it is not waiting any more.</summary>
    public bool TryRemove(PendingAsk ask)
    {
        lock (_gate)
        {
            return _queue.Remove(ask);
        }
    }

    /// <summary>Takes the next ask of a group that a plan named; null when none is left.</summary>
    public PendingAsk? TakeFirst(WaitingGroup group)
    {
        lock (_gate)
        {
            return group.Count == 0 ? null : _queue.TakeFirst(group);
        }
    }

    /// <summary>How many of the group still wait.</summary>
    public int Left(WaitingGroup group)
    {
        lock (_gate)
        {
            return group.Count;
        }
    }

    /// <summary>Notes how long the frame's encoding took on every ask that waits for it.</summary>
    public void MarkEncoded(WaitingGroup encoded, TimeSpan time)
    {
        lock (_gate)
        {
            encoded.Encoded = true;
            var groups = _queue.Groups;
            for (var i = 0; i < groups.Count; i++)
            {
                if (groups[i].Key.Frame == encoded.Key.Frame)
                {
                    groups[i].NoteEncoding(time);
                }
            }
        }
    }

    /// <summary>Takes out everything that waits; with <paramref name="close"/> nothing is let in from here on.</summary>
    public void TakeAll(List<PendingAsk> taken, bool close)
    {
        lock (_gate)
        {
            _closed |= close;
            _queue.TakeAll(taken);
        }
    }

    /// <summary>Predicted seconds until everything waiting and active is answered, at the budgets it would get now.</summary>
    public double BacklogSeconds(TimeSpan now)
    {
        lock (_gate)
        {
            return BacklogSeconds_NeedsLock(now);
        }
    }

    /// <summary>Takes out what has expired and what gives way to others, and decides the next step.</summary>
    /// <param name="now">Time of the call.</param>
    /// <param name="expired">Gets those whose deadline has passed.</param>
    /// <param name="yielded">Gets those that are turned away after all, where the policy's door says so (<see cref="YieldRule"/>).</param>
    public StepPlan Plan(TimeSpan now, List<PendingAsk> expired, List<PendingAsk> yielded)
    {
        lock (_gate)
        {
            var before = expired.Count;
            _queue.TakeExpired(now, expired);
            for (var i = before; i < expired.Count; i++)
            {
                Ended_NeedsLock(expired[i], AskVerdict.Expired, now);
            }

            if (policy.Door == DoorRule.Yielding)
            {
                Yield_NeedsLock(now, yielded);
            }

            _views.Encoding = null;
            var plan = Choose_NeedsLock(now, profiles.Current, out var seconds);
            _stepsWhileWaiting = plan.Kind switch
            {
                StepKind.Decode when _queue.Count > 0 => _stepsWhileWaiting + 1,
                StepKind.Prefill => 0,
                _ => _stepsWhileWaiting,
            };
            _busyUntil = plan.Kind == StepKind.Idle ? TimeSpan.Zero : now + TimeSpan.FromSeconds(seconds + ActiveSeconds(profiles.Current));
            return plan;
        }
    }

    /// <summary>Takes out those that give way so that the others are on time.</summary>
    private void Yield_NeedsLock(TimeSpan now, List<PendingAsk> yielded)
    {
        var (groups, profile) = (_queue.Groups, profiles.Current);
        var count = groups.Count;
        if (count == 0)
        {
            return;
        }

        _yielding.Reserve(count);
        for (var i = 0; i < count; i++)
        {
            _yielding.Groups[i] = _views.Of(groups[i], now);
        }

        if (!YieldRule.Mark(profile, now, ActiveSeconds(profile), _yielding.Groups.AsSpan(0, count), _yielding.Yields, _yielding.Worths))
        {
            return;
        }

        _pressedUntil = now + PressureMemory;
        for (var i = count - 1; i >= 0; i--)
        {
            for (var group = groups[i]; _yielding.Yields[i] && group.Count > 0;)
            {
                var ask = _queue.TakeFirst(group);
                Ended_NeedsLock(ask, AskVerdict.Refused, now);
                yielded.Add(ask);
            }
        }
    }

    private Admission Admit_NeedsLock(PendingAsk ask, TimeSpan now)
    {
        var oldest = policy.LooksAtWaits ? _queue.OldestCapture(ask.Stream) : null;
        var arrival = new AskArrival(now, ask.Deadline, ask.Stream, ask.Frame, _queue.Count + active.Count, oldest is { } at ? (now - at).TotalSeconds : 0);
        if (!policy.LetsIn(arrival))
        {
            return new(AdmissionVerdict.QueueFull, BacklogSeconds_NeedsLock(now));
        }

        var share = _reserve.Share(ask.SlaClass, now);
        if (TooLate_NeedsLock(ask, share, now) is { } late)
        {
            return new(AdmissionVerdict.TooLate, late);
        }

        var replaced = policy.Door == DoorRule.NewestPerStream && ask.Stream != 0 ? Replace_NeedsLock(ask, now) : null;
        if (_queue.Count >= options.QueueLimit * share)
        {
            _pressedUntil = now + PressureMemory;
            return new(AdmissionVerdict.QueueFull, BacklogSeconds_NeedsLock(now) / options.QueueLimit, replaced);
        }

        return new(AdmissionVerdict.Accepted, Replaced: replaced);
    }

    /// <summary>
    /// Seconds by which an ask is predicted to be late at its floor; null if it may wait. Where others can give way it counts what
    /// runs already and itself; else also everything before it, and only the share of its slack that heavier classes leave it.
    /// </summary>
    private double? TooLate_NeedsLock(PendingAsk ask, double share, TimeSpan now)
    {
        var busy = BusySeconds_NeedsLock(now);
        if (policy.Door is not (DoorRule.Predicted or DoorRule.Yielding) || (_queue.Count == 0 && busy == 0))
        {
            return null;
        }

        var (profile, own, slack) = (profiles.Current, _views.With(_queue, ask, now), (ask.Deadline - now).TotalSeconds);
        var yielding = policy.Door == DoorRule.Yielding;
        var before = yielding ? [] : _views.Before(_queue, ask, own.Deadline, now);
        var late = AdmissionRule.FinishSeconds(profile, busy, before, own) - (yielding ? slack : slack * share);
        if (late <= 0)
        {
            return null;
        }

        // One that could never be on time says nothing about the load.
        _pressedUntil = AdmissionRule.AtFloor(profile, own) <= slack ? now + PressureMemory : _pressedUntil;
        return late;
    }

    private List<PendingAsk>? Replace_NeedsLock(PendingAsk ask, TimeSpan now)
    {
        var replaced = new List<PendingAsk>();
        _queue.TakeOlder(ask.Stream, ask.Frame, replaced);
        foreach (var older in replaced)
        {
            Ended_NeedsLock(older, AskVerdict.Refused, now);
        }

        return replaced.Count > 0 ? replaced : null;
    }

    private void Ended_NeedsLock(PendingAsk ask, AskVerdict verdict, TimeSpan now) => policy.Ended(
        new AskEnd(now, verdict, (now - ask.CapturedAt).TotalSeconds, (ask.Deadline - ask.CapturedAt).TotalSeconds, ask.Budget, ask.Stream));

    private StepPlan Choose_NeedsLock(TimeSpan now, LatencyProfile profile, out double seconds)
    {
        seconds = 0;
        var waiting = _queue.Count > 0 && active.Free > 0 && _upNext.Collect(_queue, _views, profile, now);
        if (_queue.Count == 0)
        {
            _upNext.Forget();
        }

        var head = waiting ? _upNext.Views[0] : default;
        var urgent = active.MostUrgentDeadline();
        var atFloor = waiting ? AdmissionRule.AtFloor(profile, head) : 0;
        var situation = new StepSituation
        {
            ActiveRows = active.Count,
            FreeRows = active.Free,
            Waiting = waiting,
            StepsWhileWaiting = _stepsWhileWaiting,
            DecodeSecondsLeft = ActiveSeconds(profile),
            ActiveDeadline = urgent,
            ActiveSlackSeconds = (urgent - now).TotalSeconds,
            HeadSeconds = atFloor,
            HeadDeadline = waiting ? head.Deadline : TimeSpan.MaxValue,
            HeadSlackSeconds = waiting ? (head.Deadline - now).TotalSeconds - atFloor : 0,
        };
        if (StepRule.DecodeFirst(situation, options.DecodeBurst, options.DecodeBatch))
        {
            return new(StepKind.Decode);
        }

        if (!waiting)
        {
            return new(StepKind.Idle, Until: _queue.FirstDeadline);
        }

        var group = _upNext.First;
        if (!head.FrameCached)
        {
            seconds = profile.FrameSeconds * profile.Correction;
            _views.Encoding = group.Key.Frame;
            return new(StepKind.Encode, group);
        }

        var decision = policy.Choose(new DispatchSituation
        {
            Now = now,
            Queue = _upNext.Views,
            Profile = profile,
            ActiveRows = active.Count,
            SpareSeconds = active.Count > 0 ? situation.ActiveSlackSeconds - situation.DecodeSecondsLeft : null,
            Pressed = now < _pressedUntil,
            Price = policy.FollowsPlan ? plans.Price(now) : 0,
        });
        if (decision.HoldUntil is { } until && until > now)
        {
            var first = _queue.FirstDeadline!.Value;
            return active.Count > 0 ? new(StepKind.Decode) : new(StepKind.Idle, Until: first < until ? first : until);
        }

        seconds = decision.PredictedSeconds;
        Volatile.Write(ref _lastBudget, decision.Budget);
        return new(StepKind.Prefill, group, decision);
    }

    private double BusySeconds_NeedsLock(TimeSpan now) => Math.Max(0, (_busyUntil - now).TotalSeconds);

    private double BacklogSeconds_NeedsLock(TimeSpan now)
    {
        var profile = profiles.Current;
        var seconds = BusySeconds_NeedsLock(now);
        var budget = LastBudget == 0 ? profile.Ladder.Largest : LastBudget;
        var groups = _queue.Groups;
        for (var i = 0; i < groups.Count; i++)
        {
            var view = _views.Of(groups[i], now);
            seconds += profile.PredictGroup(profile.Ladder.RungAtMost(view.Range.Clamp(budget)), view.FrameCached, view.Questions, view.AnswerTokens);
        }

        return seconds;
    }

    private double ActiveSeconds(LatencyProfile profile) =>
        active.Count == 0 ? 0 : active.ExpectedSteps() * profile.DecodeStep(active.Count) * profile.Correction;
}
