using System.Collections.Frozen;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Models;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Time;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Memory;
using DeltaEdge.Inference.Profiling;
using DeltaEdge.Inference.Running;
using DeltaEdge.Inference.Scheduling;
using DeltaEdge.Inference.Tokenization;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Inference.Engine;

/// <summary>
/// The engine's outside: checks and tokenises an ask on its caller's thread, lets it in or not, and wakes the loop. Ready from the
/// moment it exists; <see cref="EngineStarter"/> makes it.
/// </summary>
internal sealed partial class VisionEngine : IVisionEngine
{
    private const string Stopping = "The engine is stopping.";

    /// <summary>Wait handles take no more than some days; looking round once an hour costs nothing.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    private readonly ModelRunner _runner;
    private readonly BpeTokenizer _tokenizer;
    private readonly PromptTemplate _prompt;
    private readonly EncoderCache _frames;
    private readonly string _policy;
    private readonly PlanHolder _plans = new();
    private readonly ProfileTracker _profiles;
    private readonly ActiveRows _active;
    private readonly Scheduler _scheduler;
    private readonly EngineLoop _loop;
    private readonly FrameReaders _readers;
    private readonly MonotonicClock _clock;
    private readonly ILogger _logger;
    private readonly AnswerLengths _lengths;
    private readonly QualityCurve[] _curves; // by kind
    private readonly TimeSpan _drain;
    private readonly AutoResetEvent _work = new(false);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _stopByTicks = long.MaxValue;
    private long _asks;
    private long _approachTicks; // capture to door, all asks

    public VisionEngine(
        EngineModel model,
        ModelRunner runner,
        BpeTokenizer tokenizer,
        LatencyProfile profile,
        IServingPolicy policy,
        EngineOptions options,
        EngineMetrics metrics,
        MonotonicClock clock,
        ILogger logger,
        SlaCatalog? classes = null)
    {
        (_runner, _tokenizer, _prompt, _clock, _logger) = (runner, tokenizer, model.Manifest.Prompt, clock, logger);
        ModelName = model.Manifest.Name;
        _policy = policy.Name;
        Ladder = model.Manifest.Ladder;
        ImageSize = model.Compiled.Vision.ImageSize;
        Accuracy = model.Manifest.Accuracy ?? AccuracyProfile.Assumed(Ladder);
        _lengths = new AnswerLengths(options.EffectiveAnswerTokens());
        _curves = [.. Enum.GetValues<QuestionKind>().Select(kind => new QualityCurve([.. Ladder.Budgets.Select(b => Accuracy.Expected(b, kind))], Floor: 1))];
        _drain = TimeSpan.FromMilliseconds(options.DrainMs);
        _profiles = new ProfileTracker(profile);
        _active = new ActiveRows(runner.Arena.Rows);
        _frames = new EncoderCache(runner.FrameBytes, options.EncoderCacheBytes, runner.CreateFrame);
        _scheduler = new Scheduler(policy, _plans, _profiles, _active, _frames.Contains, new(options.QueueLimit, options.DecodeBurst, Order: options.Order, Classes: classes));
        var endTokens = model.Compiled.Language.EosTokenIds.Append(model.Manifest.Prompt.EosTokenId).ToFrozenSet();
        _loop = new EngineLoop(runner, _scheduler, _active, _frames, _profiles, _lengths, tokenizer, endTokens, model.Manifest.Prompt.MaxNewTokens, metrics, clock, options.UnhealthyAfter, logger);
        _readers = new FrameReaders(Math.Clamp(Environment.ProcessorCount / 2, 2, 8), NextToRead, ReadFrame);
        new Thread(Run) { Name = "deltaedge-engine", IsBackground = true }.Start();
    }

    public string ModelName { get; }

    public TokenLadder Ladder { get; }

    public int ImageSize { get; }

    public int MaxTextTokens => _runner.MaxTextTokens;

    public LatencyProfile Profile => _profiles.Current;

    public AccuracyProfile Accuracy { get; }

    public EngineStatus Status =>
        new(_scheduler.QueueDepth, _scheduler.BacklogSeconds(_clock.Now), _active.Count, _loop.Busy.TotalSeconds, _scheduler.LastBudget)
        {
            Policy = _policy,
            Unhealthy = _loop.Unhealthy,
            Steps = _loop.Steps,
            FrameCapacity = _frames.Capacity,
            AnswerTokens = _lengths.Expected(),
            Asks = Interlocked.Read(ref _asks),
            ApproachSeconds = TimeSpan.FromTicks(Interlocked.Read(ref _approachTicks)).TotalSeconds,
        };

    /// <summary>Encoded frames held, for tests.</summary>
    internal EncoderCache Frames => _frames;

    public void Apply(BudgetPlan? plan) => _plans.Apply(plan, _clock.Now);

    public ValueTask<AskOutcome> AskAsync(AskRequest request, CancellationToken cancellationToken)
    {
        Check(request);
        var question = Tokenise(request.Question);
        var now = _clock.Now;
        Interlocked.Increment(ref _asks);
        Interlocked.Add(ref _approachTicks, (now - request.CapturedAt).Ticks);
        var ask = new Ask(request, question ?? [], _lengths.Expected(request.Kind), request.Quality ?? _curves[(int)request.Kind], now);
        if (Refuse(ask, isTooLong: question is null, now, cancellationToken) is { } refusal)
        {
            return ValueTask.FromResult(refusal);
        }

        // Registering may cancel at once; what has ended in between has no more use for the registration.
        ask.Cancellation = cancellationToken.UnsafeRegister(static (state, _) => ((Cancellable)state!).Cancel(), new Cancellable(this, ask));
        if (ask.Completion.Task.IsCompleted)
        {
            ask.Cancellation.Unregister();
        }

        _work.Set();
        if (!ask.IsFrameRead)
        {
            _readers.Wake();
        }

        return new(ask.Completion.Task);
    }

    public async ValueTask DisposeAsync()
    {
        Interlocked.CompareExchange(ref _stopByTicks, (_clock.Now + _drain).Ticks, long.MaxValue);
        _work.Set();
        await _stopped.Task.ConfigureAwait(false);
    }

    /// <summary>A question's tokens in its place in the prompt; null if they leave no room for an answer, which a huge text's length alone tells.</summary>
    private int[]? Tokenise(string question)
    {
        if (_tokenizer.FewestTokens(question.Length) >= MaxTextTokens)
        {
            return null;
        }

        var tokens = _tokenizer.Encode(_prompt.AfterImageFor(question));
        return tokens.Length < MaxTextTokens ? tokens : null;
    }

    private AskOutcome? Refuse(Ask ask, bool isTooLong, TimeSpan now, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return AskEnding.Of(ask, AskStatus.Cancelled, now, _tokenizer);
        }

        if (Volatile.Read(ref _stopByTicks) != long.MaxValue)
        {
            return AskEnding.Of(ask, AskStatus.Failed, now, _tokenizer, error: Stopping);
        }

        if (isTooLong)
        {
            return AskEnding.Of(
                ask, AskStatus.TooLong, now, _tokenizer, error: $"The question is too long; question and answer together may have {MaxTextTokens} tokens.");
        }

        if (ask.Deadline <= now)
        {
            return AskEnding.Of(ask, AskStatus.Expired, now, _tokenizer);
        }

        var admission = _scheduler.TryAdmit(ask, now);
        foreach (var replaced in admission.Replaced ?? [])
        {
            Finish((Ask)replaced, AskEnding.Of((Ask)replaced, AskStatus.Overloaded, now, _tokenizer, error: "A newer frame of its stream took its place."));
        }

        return admission.Verdict switch
        {
            AdmissionVerdict.Accepted => null,
            AdmissionVerdict.Closed => AskEnding.Of(ask, AskStatus.Failed, now, _tokenizer, error: Stopping),
            AdmissionVerdict.QueueFull => Overloaded("Too many questions wait already."),
            _ => Overloaded("The answer would not be on time even at the smallest budget allowed."),
        };

        AskOutcome Overloaded(string why) =>
            AskEnding.Of(ask, AskStatus.Overloaded, now, _tokenizer, error: why) with { RetryAfterSeconds = admission.RetryAfterSeconds };
    }

    private static void Finish(Ask ask, AskOutcome outcome)
    {
        if (ask.Completion.TrySetResult(outcome))
        {
            ask.Cancellation.Unregister();
        }
    }

    private void Check(AskRequest request)
    {
        if (request.Frame.IsRead && request.Frame.Read().Value is { } image && (image.Width != ImageSize || image.Height != ImageSize))
        {
            throw new ArgumentException($"The model takes {ImageSize}x{ImageSize} pixels; got {image.Width}x{image.Height}.", nameof(request));
        }

        if (!Ladder.Contains(request.Range.Floor) || !Ladder.Contains(request.Range.Ceiling) || request.Range.Floor > request.Range.Ceiling)
        {
            throw new ArgumentException($"{request.Range} is no range of the ladder {Ladder}.", nameof(request));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(request.MaxNewTokens ?? 1, 1);
    }

    private VisionFrame? NextToRead() => (_scheduler.NextToRead(_clock.Now) as Ask)?.Request.Frame;

    private void ReadFrame(VisionFrame frame)
    {
        var started = _clock.Now;
        try
        {
            _ = frame.Read();
        }
        catch (Exception)
        {
            // It throws the same for the engine's thread, which ends the asks about it.
        }

        Interlocked.Add(ref _approachTicks, (_clock.Now - started).Ticks);
        _work.Set();
    }

    private void Cancel(Ask ask)
    {
        ask.CancelRequested = true;
        if (_scheduler.TryRemove(ask))
        {
            _scheduler.Ended(ask, AskVerdict.Void, _clock.Now);
            ask.Completion.TrySetResult(AskEnding.Of(ask, AskStatus.Cancelled, _clock.Now, _tokenizer));
            _work.Set(); // It may be the last that an engine about to stop waits for.
        }
    }

    private void Run()
    {
        while (_clock.Now.Ticks < Volatile.Read(ref _stopByTicks))
        {
            try
            {
                var stepped = _loop.Step();
                if (_scheduler.WantsReading)
                {
                    _readers.Wake();
                }

                if (stepped)
                {
                    continue;
                }
            }
            catch (Exception e)
            {
                // A bug. The engine goes on with an empty table rather than leave every caller waiting.
                LogStepFailed(e);
                _loop.Abandon("The engine failed on this request.", close: false);
            }

            var stopByTicks = Volatile.Read(ref _stopByTicks);
            if (stopByTicks != long.MaxValue && _scheduler.QueueDepth == 0)
            {
                break;
            }

            Rest(Math.Min(stopByTicks, (_loop.WakeAt ?? TimeSpan.MaxValue).Ticks) - _clock.Now.Ticks);
        }

        _loop.Abandon(Stopping, close: true);
        _readers.Dispose();
        _frames.Dispose();
        _runner.Dispose();
        _stopped.SetResult();
    }

    /// <summary>Waits for work, or until it is time to look at what waits: pixels may be long in coming, deadlines are not.</summary>
    private void Rest(long ticks) => _work.WaitOne(TimeSpan.FromTicks(Math.Clamp(ticks, 0, LongestRest.Ticks)));

    [LoggerMessage(Level = LogLevel.Critical, Message = "The engine's step failed; everything it held has been ended", EventName = "StepFailed")]
    private partial void LogStepFailed(Exception e);

    private sealed record Cancellable(VisionEngine Engine, Ask Ask)
    {
        public void Cancel() => Engine.Cancel(Ask);
    }
}
