using DeltaEdge.Core.Scheduling;
using DeltaEdge.Core.Wire;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Scheduling;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Inference.Engine;

/// <summary>
/// Runs that fail end the asks in them and nothing else; several in a row make the engine unhealthy. Nobody asks an engine that says so,
/// and no answer could show that it works again: while it has nothing to do it tries itself.
/// </summary>
internal sealed partial class EngineLoop
{
    private static readonly TimeSpan TrialPause = TimeSpan.FromSeconds(2);

    private TimeSpan _nextTrial;

    /// <summary>Ends everything that waits or decodes; with <paramref name="close"/> nothing is let in from here on.</summary>
    public void Abandon(string why, bool close)
    {
        scheduler.TakeAll(_ended, close);
        for (var row = active.Count - 1; row >= 0; row--)
        {
            _ended.Add(active[row]);
        }

        EndAll(AskStatus.Failed, clock.Now, why);
    }

    private void FailWaiting(WaitingGroup group, Exception e)
    {
        while (scheduler.TakeFirst(group) is { } ask)
        {
            _ended.Add(ask);
        }

        Failed(e);
    }

    /// <summary>Ends a group whose frame's image cannot be read: its callers' fault, no failure of the engine's.</summary>
    private void EndUnreadable(WaitingGroup group, ApiError refusal)
    {
        while (scheduler.TakeFirst(group) is Ask ask)
        {
            End(ask, AskStatus.Unreadable, clock.Now, refusal: refusal);
        }
    }

    private void FailRows(Exception e)
    {
        for (var row = active.Count - 1; row >= 0; row--)
        {
            _ended.Add(active[row]);
        }

        Failed(e);
    }

    /// <summary>Adds a token to the answer of one row among others, which do not fail with it.</summary>
    private void TryAppend(Ask ask, int token, TimeSpan now)
    {
        try
        {
            Append(ask, token, now);
        }
        catch (Exception e)
        {
            Fail(ask, e);
        }
    }

    private void Fail(Ask ask, Exception e)
    {
        _ended.Add(ask);
        Failed(e);
    }

    private void Failed(Exception e)
    {
        Volatile.Write(ref _failures, _failures + 1);
        _nextTrial = clock.Now + TrialPause;
        LogRunFailed(_ended.Count, e);
        if (_failures == unhealthyAfter)
        {
            LogUnhealthy(_failures);
        }

        EndAll(AskStatus.Failed, clock.Now, "The model failed on this request.");
    }

    /// <summary>Tries whether an unhealthy engine works again, if it is time; when to try next, null if it is well. Only while no row decodes.</summary>
    private TimeSpan? Recover()
    {
        if (!Unhealthy)
        {
            return null;
        }

        if (clock.Now < _nextTrial)
        {
            return _nextTrial;
        }

        try
        {
            RunOnBlankFrame();
        }
        catch (Exception e)
        {
            Failed(e);
            return _nextTrial;
        }

        Volatile.Write(ref _failures, 0);
        LogRecovered();
        return null;
    }

    private void RunOnBlankFrame()
    {
        using var frame = runner.CreateFrame();
        var (side, budget) = (runner.ImageSize, profiles.Current.Ladder.Smallest);
        runner.Encode(new RgbImage(side, side, new byte[3 * side * side]), frame);
        runner.Project(frame, budget);
        runner.SetStep(0, runner.PrefillPrompt(budget, [], 0), runner.PrefixLength(budget));
        runner.Step(1);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A run of the model failed; {Asks} asks in it end", EventName = "RunFailed")]
    private partial void LogRunFailed(int asks, Exception e);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Failures} runs failed in a row; the engine is unhealthy", EventName = "Unhealthy")]
    private partial void LogUnhealthy(int failures);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The model runs again on a blank frame; the engine is healthy", EventName = "Recovered")]
    private partial void LogRecovered();
}
