using System.Collections.Frozen;
using System.Diagnostics;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.Core.Time;
using DeltaEdge.Core.Wire;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Memory;
using DeltaEdge.Inference.Profiling;
using DeltaEdge.Inference.Running;
using DeltaEdge.Inference.Scheduling;
using DeltaEdge.Inference.Tokenization;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Inference.Engine;

/// <summary>
/// The engine's one thread: <see cref="Step"/> is plan, run, commit. It alone touches rows, runner and caches. A run that fails
/// ends the asks in it and nothing else.
/// </summary>
internal sealed partial class EngineLoop(
    ModelRunner runner,
    Scheduler scheduler,
    ActiveRows active,
    EncoderCache frames,
    ProfileTracker profiles,
    AnswerLengths lengths,
    BpeTokenizer tokenizer,
    FrozenSet<int> endTokens,
    int maxNewTokens,
    EngineMetrics metrics,
    MonotonicClock clock,
    int unhealthyAfter,
    ILogger logger)
{
    private readonly List<PendingAsk> _ended = [];
    private readonly List<PendingAsk> _yielded = [];
    private readonly StepMeter _steps = new();
    private long _busyTicks;
    private int _failures;

    /// <summary>Time spent in steps since start.</summary>
    public TimeSpan Busy => TimeSpan.FromTicks(Volatile.Read(ref _busyTicks));

    /// <summary>What they took, beside what the profile says.</summary>
    public EngineSteps Steps => _steps.Totals;

    /// <summary>True after several failed runs without an answer between them, until one or a trial of its own succeeds.</summary>
    public bool Unhealthy => Volatile.Read(ref _failures) >= unhealthyAfter;

    /// <summary>When to step again although nothing arrives, after a step that found nothing to do yet; null if there is no such time.</summary>
    public TimeSpan? WakeAt { get; private set; }

    /// <summary>Does the next piece of work; false if there is none.</summary>
    public bool Step()
    {
        var started = clock.Now;
        EndLostRows(started);
        var plan = scheduler.Plan(started, _ended, _yielded);
        EndAll(AskStatus.Expired, started, told: true);
        EndYielded(started);
        switch (plan.Kind)
        {
            case StepKind.Idle:
                var trial = Recover();
                WakeAt = plan.Until < trial ? plan.Until : trial ?? plan.Until;
                return false;
            case StepKind.Encode:
                Encode(plan.Group!);
                break;
            case StepKind.Prefill:
                Prefill(plan);
                break;
            default:
                Decode();
                break;
        }

        Volatile.Write(ref _busyTicks, _busyTicks + (clock.Now - started).Ticks);
        CheckRows();
        return true;
    }

    private void Encode(WaitingGroup group)
    {
        var frame = frames.Rent();
        TimeSpan started;
        try
        {
            if (!((Ask)group.Founder).Request.Frame.Read().TryGet(out var image, out var refusal))
            {
                frames.Return(frame);
                EndUnreadable(group, refusal);
                return;
            }

            started = clock.Now;
            runner.Encode(image, frame);
        }
        catch (Exception e)
        {
            frames.Return(frame);
            FailWaiting(group, e);
            return;
        }

        frames.Add(group.Key.Frame, frame);
        var time = clock.Now - started;
        scheduler.MarkEncoded(group, time);
        Observe(StepKind.Encode, profiles.Current.FrameSeconds, time);
    }

    private void Prefill(in StepPlan plan)
    {
        var group = plan.Group!;
        var frame = frames.Find(group.Key.Frame)!;
        var asked = group.Encoded; // This group has just paid for the encoding: its first ask is no hit.
        var keep = !asked;
        var predictedFor = TimeSpan.FromSeconds(plan.Decision.PredictedSeconds);
        metrics.Dispatched(group.Key.SlaClass, plan.Decision.Budget, plan.Decision.Reason);
        var dispatched = clock.Now;
        while (active.Free > 0 && scheduler.TakeFirst(group) is Ask ask)
        {
            var now = clock.Now;
            if (ask.CancelRequested || ask.Deadline <= now)
            {
                End(ask, ask.CancelRequested ? AskStatus.Cancelled : AskStatus.Expired, now);
                continue;
            }

            (ask.Budget, ask.Reason) = (plan.Decision.Budget, plan.Decision.Reason);
            ask.PredictedLatency = dispatched - ask.ArrivedAt + predictedFor;
            metrics.LookedUp(hit: !asked);
            (asked, group.Encoded) = (false, false);
            keep |= scheduler.Left(group) > 0;
            try
            {
                PrefillOne(ask, group.Key.Frame, frame, keep);
            }
            catch (Exception e)
            {
                Fail(ask, e);
            }
        }
    }

    private void PrefillOne(Ask ask, UInt128 key, EncodedFrame frame, bool keep)
    {
        var (row, budget, profile) = (active.NextRow, ask.Budget, profiles.Current);
        var prefix = runner.PrefixLength(budget);
        ask.PromptTokens = prefix + ask.Question.Length;
        ask.Answer = new int[Math.Min(ask.Request.MaxNewTokens ?? maxNewTokens, runner.Arena.Capacity - ask.PromptTokens)];
        ask.Text = new TokenTextStream(tokenizer);

        var started = clock.Now;
        var projected = started;
        var predicted = profile.QuestionSeconds;
        ask.CachedTokens = runner.TryFork(key, budget, row);
        int token;
        if (ask.CachedTokens > 0)
        {
            token = runner.PrefillQuestion(ask.Question, row, ask.CachedTokens);
        }
        else
        {
            predicted += profile.PrefixSeconds[profile.Ladder.RungOf(budget)];
            runner.Project(frame, budget);
            projected = clock.Now;
            token = runner.PrefillPrompt(budget, ask.Question, row);
            if (keep)
            {
                runner.KeepPrefix(key, budget, row);
            }
        }

        var now = clock.Now;
        ask.Length = ask.PromptTokens;
        (ask.ProjectTime, ask.PrefillTime, ask.DecodesSince) = (projected - started, now - projected, now);
        Observe(StepKind.Prefill, predicted, now - started);
        if (!Append(ask, token, now))
        {
            active.Add(ask);
        }
    }

    private void Decode()
    {
        var rows = active.Count;
        var started = clock.Now;
        for (var row = 0; row < rows; row++)
        {
            var ask = (Ask)active[row];
            runner.SetStep(row, ask.LastToken, ask.Length);
        }

        try
        {
            runner.Step(rows);
        }
        catch (Exception e)
        {
            FailRows(e);
            return;
        }

        var now = clock.Now;
        metrics.Stepped(rows);
        Observe(StepKind.Decode, profiles.Current.DecodeStep(rows), now - started);

        // From the last row down: a row that moves into a hole has had its turn.
        for (var row = rows - 1; row >= 0; row--)
        {
            var ask = (Ask)active[row];
            ask.Length++;
            TryAppend(ask, (int)runner.Next[row], now);
        }
    }

    private void Observe(StepKind stage, double predictedSeconds, TimeSpan took)
    {
        profiles.Observe(predictedSeconds, took.TotalSeconds);
        _steps.Add(stage, predictedSeconds, took.TotalSeconds);
    }

    /// <summary>Adds a token to an answer; true if that ended it.</summary>
    private bool Append(Ask ask, int token, TimeSpan now)
    {
        var stopped = endTokens.Contains(token);
        if (!stopped)
        {
            ask.Answer[ask.AnswerLength++] = token;
            if (ask.Request.OnText is not null)
            {
                Send(ask, ask.Text.Next(token));
            }

            if (ask.AnswerLength < ask.Answer.Length)
            {
                return false;
            }
        }

        if (ask.Request.OnText is not null)
        {
            Send(ask, ask.Text.Finish());
        }

        End(ask, now <= ask.Deadline ? AskStatus.OnTime : AskStatus.Late, now, stopped);
        return true;
    }

    private void Send(Ask ask, string text)
    {
        if (text.Length == 0 || ask.Muted)
        {
            return;
        }

        try
        {
            ask.Request.OnText!(text);
        }
        catch (Exception e)
        {
            // The listener's fault must not cost anyone an answer.
            ask.Muted = true;
            LogListenerFailed(e);
        }
    }

    private void EndLostRows(TimeSpan now)
    {
        for (var row = active.Count - 1; row >= 0; row--)
        {
            var ask = (Ask)active[row];
            if (ask.CancelRequested || ask.Deadline <= now)
            {
                End(ask, ask.CancelRequested ? AskStatus.Cancelled : AskStatus.Expired, now);
            }
        }
    }

    [Conditional("DEBUG")]
    private void CheckRows()
    {
        for (var row = 0; row < active.Count; row++)
        {
            var ask = (Ask)active[row];
            Debug.Assert(!ask.Completion.Task.IsCompleted, "An ask that has ended holds a row.");
            Debug.Assert(ask.AnswerLength > 0 && ask.AnswerLength < ask.Answer.Length, "A row decodes without a token to start from, or past its end.");
            Debug.Assert(ask.Length == ask.PromptTokens + ask.AnswerLength - 1, "A row's cache and its answer differ in length.");
            Debug.Assert(ask.Length < runner.Arena.Capacity, "A row is full.");
        }
    }

    private void Free(int row)
    {
        var moved = active.RemoveAt(row);
        if (moved >= 0)
        {
            KvArena.Copy(runner.Arena, moved, runner.Arena, row, ((Ask)active[row]).Length);
        }
    }

    /// <summary>Gives out how an ask ended, last: whoever hears of it finds its row free and the figures counted.</summary>
    private void End(
        Ask ask, AskStatus status, TimeSpan now, bool stopped = false, string? error = null, bool told = false, double retryAfter = 0, ApiError? refusal = null)
    {
        var outcome = AskEnding.Of(ask, status, now, tokenizer, stopped, error) with { RetryAfterSeconds = retryAfter, Refusal = refusal };
        if (!told)
        {
            scheduler.Ended(ask, AskEnding.Verdict(status), now);
        }

        if (active.RowOf(ask) is >= 0 and var row)
        {
            Free(row);
        }

        if (status is AskStatus.OnTime or AskStatus.Late)
        {
            lengths.Observe(ask.Request.Kind, ask.AnswerLength);
            Volatile.Write(ref _failures, 0); // Only a whole answer shows that every graph works.
            metrics.Answered(ask, outcome);
        }

        if (ask.Completion.TrySetResult(outcome))
        {
            ask.Cancellation.Unregister();
        }
    }

    /// <param name="status">How they end.</param>
    /// <param name="now">When.</param>
    /// <param name="error">For the callers, if they end in failure.</param>
    /// <param name="told">Whether the policy knows already.</param>
    private void EndAll(AskStatus status, TimeSpan now, string? error = null, bool told = false)
    {
        foreach (var ask in _ended)
        {
            End((Ask)ask, status, now, error: error, told: told);
        }

        _ended.Clear();
    }

    /// <summary>Turns away those that gave way to others; they may come back when what waits now is through.</summary>
    private void EndYielded(TimeSpan now)
    {
        if (_yielded.Count == 0)
        {
            return;
        }

        var retryAfter = scheduler.BacklogSeconds(now);
        foreach (var ask in _yielded)
        {
            End((Ask)ask, AskStatus.Overloaded, now, error: "More is asked than can be answered in time; it gave way to others.", told: true, retryAfter: retryAfter);
        }

        _yielded.Clear();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A listener to an answer's text threw; it is not called again", EventName = "ListenerFailed")]
    private partial void LogListenerFailed(Exception e);
}
