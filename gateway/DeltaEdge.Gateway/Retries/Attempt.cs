using Yarp.ReverseProxy.Forwarder;

namespace DeltaEdge.Gateway.Retries;

/// <summary>Request feature: one try of an ask at one worker, which can be given up until that worker's answer begins.</summary>
/// <param name="end">Ends it.</param>
internal sealed class Attempt(CancellationTokenSource end)
{
    private readonly Lock _lock = new();
    private bool _hasBegun;

    /// <summary>Why it was given up; null if it was not.</summary>
    public IForwarderErrorFeature? Failure { get; private set; }

    public void GiveUp(ForwarderError error, string reason)
    {
        lock (_lock)
        {
            if (_hasBegun || Failure is not null)
            {
                return;
            }

            Failure = new GivenUp(error, new TimeoutException(reason));
        }

        _ = end.CancelAsync();
    }

    public void AnswerBegins()
    {
        lock (_lock)
        {
            _hasBegun = true;
        }
    }

    private sealed record GivenUp(ForwarderError Error, Exception? Exception) : IForwarderErrorFeature;
}
