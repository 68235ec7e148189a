using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using DeltaEdge.Core.Events;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Streams.Answers;
using DeltaEdge.Streams.Observing;
using DeltaEdge.Streams.Registry;
using DeltaEdge.Worker.StreamApi;

namespace DeltaEdge.Worker.Placement;

/// <summary>
/// Runs the streams that this worker owns as the catalog says. Whoever changes what runs here, be it the loop or the API, holds
/// <see cref="Turn"/> meanwhile.
/// </summary>
internal sealed partial class StreamKeeper(
    StreamRegistry registry, StreamLogs logs, StreamObservers observers, StreamSpecParser parser, StreamQuality quality, MonotonicClock clock, ILogger<StreamKeeper> logger) : IDisposable
{
    /// <summary>Longest that a stream which is given away waits for its last answers to be written.</summary>
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(1);

    /// <summary>Longest that it waits for those answers: nobody sees its camera meanwhile, and no other stream is looked after.</summary>
    private static readonly TimeSpan FinishLimit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, KeptStream> _kept = new(StringComparer.Ordinal);

    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Streams that this worker answers for, by id; those that cannot run here included.</summary>
    public ImmutableArray<string> Ids => [.. _kept.Keys.Order(StringComparer.Ordinal)];

    public KeptStream? Find(string id) => _kept.GetValueOrDefault(id);

    /// <summary>Streams that cannot run here, as the API shows them.</summary>
    public IEnumerable<StreamStatus> Failed => _kept.Values.Where(k => k.Failure is not null).Select(FailedStatus);

    public StreamStatus FailedStatus(KeptStream kept) => Read(kept.Record).TryGet(out var spec, out _)
        ? StreamStatuses.Of(spec, StreamState.Failed.Name(), kept.Failure)
        : StreamStatuses.Unreadable(kept.Record.StreamId, StreamState.Failed.Name(), kept.Failure);

    public Result<StreamSpec> Read(StreamRecord record) => parser.Restore(Encoding.UTF8.GetBytes(record.Spec));

    /// <summary>Makes the record true under a claim of this worker: starts the stream, changes it, pauses or resumes it. Nothing if it is so already.</summary>
    public async Task RunAsync(StreamRecord record, StreamOwner owner, CancellationToken cancellationToken = default)
    {
        logs.Open(owner);
        var before = Find(record.StreamId);
        if (before?.Record.Revision == record.Revision)
        {
            return;
        }

        if (Read(record).TryGet(out var spec, out var error))
        {
            error = await ApplyAsync(spec, record, before, cancellationToken);
        }

        if (error is not null)
        {
            await FailAsync(record, error.Message);
            return;
        }

        _kept[record.StreamId] = new(record, null);
    }

    /// <summary>Tries a stream again that waits to reconnect, has ended, or cannot run here.</summary>
    public async Task RetryAsync(string id)
    {
        if (registry.Find(id) is { } camera)
        {
            camera.Resume();
        }
        else if (Find(id) is { } kept && logs.OwnerOf(id) is { } owner)
        {
            _kept.TryRemove(id, out _);
            await RunAsync(kept.Record, owner);
        }
    }

    /// <summary>Stops the stream here, whatever it is being asked about. Its claim and its log stay as they are.</summary>
    /// <param name="id">The stream.</param>
    /// <param name="flush">How long its last answers may take to be written; zero where that is in vain.</param>
    public async Task StopAsync(string id, TimeSpan flush)
    {
        _kept.TryRemove(id, out _);
        await registry.RemoveAsync(id);
        await logs.CloseAsync(id, flush);
        quality.Forget(id);
    }

    /// <summary>Stops the stream here so that another worker can go on with it: what it is being asked about is answered first.</summary>
    public async Task HandOverAsync(string id, CancellationToken cancellationToken)
    {
        if (registry.Find(id) is { } camera)
        {
            await camera.FinishAsync(FinishLimit).WaitAsync(cancellationToken);
        }

        await StopAsync(id, FlushLimit);
    }

    public void Dispose() => Turn.Dispose();

    private async Task<ApiError?> ApplyAsync(StreamSpec spec, StreamRecord record, KeptStream? before, CancellationToken cancellationToken)
    {
        if (registry.Find(spec.Id) is not { } camera)
        {
            await observers.OnTakenOverAsync(spec, cancellationToken);
            return registry.Add(spec, record.IsPaused).Error;
        }

        if (registry.Update(spec).Error is { } error)
        {
            return error;
        }

        if (before?.Record.IsPaused == record.IsPaused)
        {
            return null;
        }

        if (record.IsPaused)
        {
            camera.Pause();
        }
        else
        {
            camera.Resume();
        }

        return null;
    }

    /// <summary>A stream that cannot run stays this worker's, and says why, until somebody changes it.</summary>
    private async Task FailAsync(StreamRecord record, string reason)
    {
        var from = registry.Find(record.StreamId)?.State ?? StreamState.Connecting;
        await registry.RemoveAsync(record.StreamId);
        _kept[record.StreamId] = new(record, reason);
        logs.Append(StreamEvents.OfState(record.StreamId, new StateChange(from.Name(), StreamState.Failed.Name(), reason), clock.Provider.GetUtcNow()));
        LogCannotRun(record.StreamId, reason);
    }

    [LoggerMessage(EventName = "StreamCannotRun", Level = LogLevel.Warning, Message = "Stream {Stream} cannot run here: {Reason}")]
    private partial void LogCannotRun(string stream, string reason);
}
