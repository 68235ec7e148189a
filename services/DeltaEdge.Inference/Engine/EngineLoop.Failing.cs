using DeltaEdge.Core.Scheduling;
using DeltaEdge.Core.Wire;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Scheduling;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Inference.Engine;

/// <summary>Runs that fail end the asks in them and nothing else; several in a row make the engine unhealthy.</summary>
internal sealed partial class EngineLoop
{
    /// <summary>Ends everything that waits or decodes; with <paramref name="close"/> nothing is let in from here on.</summary>
    public void Abandon(string why, bool close)
    {
        scheduler.TakeAll(_ended, close);
        for (var row = active.Count - 1; row >= 0; row--)
        {
            _ended.Add(active[row]);
            Free(row);
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
            Free(row);
        }

        Failed(e);
    }

    private void Fail(Ask ask, Exception e)
    {
        _ended.Add(ask);
        Failed(e);
    }

    private void Failed(Exception e)
    {
        Volatile.Write(ref _failures, _failures + 1);
        LogRunFailed(_ended.Count, e);
        if (_failures == unhealthyAfter)
        {
            LogUnhealthy(_failures);
        }

        EndAll(AskStatus.Failed, clock.Now, "The model failed on this request.");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A run of the model failed; {Asks} asks in it end", EventName = "RunFailed")]
    private partial void LogRunFailed(int asks, Exception e);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Failures} runs failed in a row; the engine is unhealthy", EventName = "Unhealthy")]
    private partial void LogUnhealthy(int failures);
}
