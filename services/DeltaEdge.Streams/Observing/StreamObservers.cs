using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Events;
using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Capture;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaEdge.Streams.Observing;

/// <summary>All observers as one that never throws.</summary>
public sealed partial class StreamObservers(IEnumerable<IStreamObserver> observers, ILogger<StreamObservers> logger) : IStreamObserver
{
    private readonly IStreamObserver[] _observers = [.. observers];

    public static StreamObservers None { get; } = new([], NullLogger<StreamObservers>.Instance);

    public async Task OnTakenOverAsync(StreamSpec spec, CancellationToken cancellationToken)
    {
        foreach (var observer in _observers)
        {
            try
            {
                await observer.OnTakenOverAsync(spec, cancellationToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // As below.
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogObserverFailed(observer.GetType().Name, spec.Id, e);
            }
        }
    }

    public void OnAnswer(StreamSpec spec, StreamAnswer answer, CapturedFrame frame) => Tell(spec, o => o.OnAnswer(spec, answer, frame));

    public void OnState(StreamSpec spec, StateChange change, DateTimeOffset at) => Tell(spec, o => o.OnState(spec, change, at));

    public void OnRemoved(StreamSpec spec) => Tell(spec, o => o.OnRemoved(spec));

    private void Tell(StreamSpec spec, Action<IStreamObserver> what)
    {
        foreach (var observer in _observers)
        {
            try
            {
                what(observer);
            }
#pragma warning disable CA1031 // The bulkhead: one observer's failure is neither the stream's nor another observer's.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogObserverFailed(observer.GetType().Name, spec.Id, e);
            }
        }
    }

    [LoggerMessage(EventName = "StreamObserverFailed", Level = LogLevel.Error, Message = "{Observer} failed on stream {Stream}.")]
    private partial void LogObserverFailed(string observer, string stream, Exception exception);
}
