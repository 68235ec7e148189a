using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Events;
using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Capture;

namespace DeltaEdge.Streams.Observing;

/// <summary>
/// Sees what becomes of every stream of this worker; any number may be registered. Called on the stream's own tasks, which wait for
/// it: return at once, and hand work over. What it throws is logged and goes no further.
/// </summary>
public interface IStreamObserver
{
    /// <summary>The stream is this worker's now and is about to run: time to remember what became of it elsewhere. Nothing comes of it before this ends.</summary>
    /// <param name="spec">The stream as it begins.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task OnTakenOverAsync(StreamSpec spec, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A question has ended, whatever its outcome; gated answers included. One stream's calls may overlap where it has two frames in flight.</summary>
    /// <param name="spec">The stream as it was when the frame was taken.</param>
    /// <param name="answer">The answer; it has no id yet.</param>
    /// <param name="frame">The frame that it is about; its pixels never change.</param>
    void OnAnswer(StreamSpec spec, StreamAnswer answer, CapturedFrame frame);

    /// <summary>The stream entered another state; one stream's changes come one by one, in order.</summary>
    /// <param name="spec">The stream as it is now.</param>
    /// <param name="change">From where to where, by wire names; the reason holds no credentials.</param>
    /// <param name="at">Wall clock of the worker.</param>
    void OnState(StreamSpec spec, StateChange change, DateTimeOffset at);

    /// <summary>The stream no longer runs on this worker, and nothing more comes of it; one of the same id that comes later is another.</summary>
    /// <param name="spec">The stream as it was last.</param>
    void OnRemoved(StreamSpec spec)
    {
    }
}
