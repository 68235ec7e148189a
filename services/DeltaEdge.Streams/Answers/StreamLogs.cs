using System.Collections.Concurrent;
using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Events;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Metrics;
using DeltaEdge.Streams.Observing;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Streams.Answers;

/// <summary>Writes what becomes of this worker's streams to their logs, each under the claim that it was opened with.</summary>
public sealed class StreamLogs(IAnswerLog log, IOptions<StreamsOptions> options, LogMetrics metrics, MonotonicClock clock) : IStreamObserver, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, LogWriter> _writers = new(StringComparer.Ordinal);
    private readonly int _buffered = options.Value.AnswersBuffered;

    /// <summary>Called with a stream whose log refused this worker: another owns the stream by now, or nobody does. Must return at once.</summary>
    public Action<string>? OnLost { get; set; }

    /// <summary>The claim that the stream's log is written under; null if it is not open.</summary>
    public StreamOwner? OwnerOf(string streamId) => _writers.TryGetValue(streamId, out var writer) ? writer.Owner : null;

    /// <summary>Opens the stream's log, or goes on with it under another claim. One caller at a time for a stream.</summary>
    public void Open(StreamOwner owner)
    {
        if (_writers.TryGetValue(owner.StreamId, out var writer))
        {
            writer.Renew(owner);
        }
        else
        {
            _writers[owner.StreamId] = new LogWriter(log, owner, _buffered, metrics, clock, id => OnLost?.Invoke(id));
        }
    }

    /// <summary>Closes it. What still waits is appended if that takes no longer than the limit.</summary>
    public async Task CloseAsync(string streamId, TimeSpan limit)
    {
        if (_writers.TryRemove(streamId, out var writer))
        {
            if (limit > TimeSpan.Zero)
            {
                await writer.FlushAsync(limit).ConfigureAwait(false);
            }

            await writer.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Appends an event of a stream of this worker; one of another stream is dropped.</summary>
    public void Append(StreamEvent happened) => Append(happened.StreamId, LogEntry.Of(happened));

    public void OnAnswer(StreamSpec spec, StreamAnswer answer, CapturedFrame frame) => Append(spec.Id, LogEntry.Of(answer));

    public void OnState(StreamSpec spec, StateChange change, DateTimeOffset at) => Append(StreamEvents.OfState(spec.Id, change, at));

    public async ValueTask DisposeAsync() => await Task.WhenAll(_writers.Keys.Select(id => CloseAsync(id, TimeSpan.Zero))).ConfigureAwait(false);

    private void Append(string streamId, LogEntry entry)
    {
        if (_writers.TryGetValue(streamId, out var writer))
        {
            writer.Append(entry);
        }
    }
}
