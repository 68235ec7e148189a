using System.Collections.Concurrent;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Core.Wire;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Ffmpeg;
using DeltaEdge.Streams.Gating;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.Streams.Observing;
using DeltaEdge.Streams.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Streams.Registry;

/// <summary>The streams of this worker.</summary>
public sealed partial class StreamRegistry(
    IFrameSourceFactory sources,
    IFrameSink sink,
    StreamObservers observers,
    FrameGates gates,
    SourcePolicy policy,
    IOptions<StreamsOptions> options,
    MonotonicClock clock,
    ILogger<StreamRegistry> logger) : IAsyncDisposable
{
    private const int FullRetryAfterSeconds = 60;

    private readonly CaptureSession _session = new(sources, new StartGate(options.Value.EffectiveStartsAtOnce, clock, ChildProcess.ProcessorTime), clock, new StreamTuning(options.Value));
    private readonly ConcurrentDictionary<string, Camera> _cameras = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private volatile bool _isStopped;

    public int MaxStreams { get; } = options.Value.MaxStreams;

    public IReadOnlyCollection<Camera> All => [.. _cameras.Values.OrderBy(c => c.Spec.Id, StringComparer.Ordinal)];

    public Camera? Find(string id) => _cameras.GetValueOrDefault(id);

    /// <summary>
    /// Starts the stream. A source that cannot be reached is no reason to refuse it: the stream says so itself. Refused are a
    /// duplicate id (409), a source that may not be opened (400) and one stream too many (503).
    /// </summary>
    public Result<Camera> Add(StreamSpec spec, bool isPaused = false)
    {
        Camera camera;
        lock (_lock)
        {
            if (Check(spec) is { } refusal)
            {
                return refusal;
            }

            camera = new Camera(spec, _session, sink, observers, clock, logger);
            _cameras[spec.Id] = camera;
            camera.Start(isPaused);
        }

        LogAdded(spec.Id, _cameras.Count);
        return camera;
    }

    /// <summary>Why <see cref="Add"/> would refuse the stream; null if it would not.</summary>
    public ApiError? Check(StreamSpec spec)
    {
        if (CheckSource(spec) is { } refusal)
        {
            return refusal;
        }

        if (_cameras.ContainsKey(spec.Id))
        {
            return Exists(spec.Id);
        }

        return _isStopped || _cameras.Count >= MaxStreams
            ? ApiError.Overloaded(
                FullRetryAfterSeconds,
                _isStopped ? "This worker is stopping." : $"This worker has {MaxStreams} streams, the most that {StreamsOptions.SectionName}:MaxStreams allows.")
            : null;
    }

    /// <summary>Why the stream's source may not be opened; null if it may.</summary>
    public ApiError? CheckSource(StreamSpec spec) => policy.Check(spec.Source);

    /// <summary>Gives a stream its patched spec.</summary>
    public Result<Camera> Update(StreamSpec spec)
    {
        if (Find(spec.Id) is not { } camera)
        {
            return NoSuchStream(spec.Id);
        }

        if (spec.Source != camera.Spec.Source && policy.Check(spec.Source) is { } refusal)
        {
            return refusal;
        }

        camera.Update(spec);
        return camera;
    }

    /// <summary>Stops and forgets the stream and its frames; true if there was one. When it returns, no child is left.</summary>
    public async ValueTask<bool> RemoveAsync(string id)
    {
        Camera? camera;
        lock (_lock)
        {
            if (!_cameras.TryRemove(id, out camera))
            {
                return false;
            }

            // Together with the camera: a stream added under this id a moment later gets a gate of its own.
            gates.Forget(id);
        }

        await camera.DisposeAsync().ConfigureAwait(false);
        observers.OnRemoved(camera.Spec);
        LogRemoved(id, _cameras.Count);
        return true;
    }

    /// <summary>Stops all streams and takes no more.</summary>
    public async Task StopAsync()
    {
        lock (_lock)
        {
            _isStopped = true;
        }

        await Task.WhenAll(_cameras.Keys.Select(id => RemoveAsync(id).AsTask())).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    public static ApiError Exists(string id) => ApiError.Conflict("id", $"A stream with the id {id} exists. Allowed: another id, or PATCH to change that stream.");

    public static ApiError NoSuchStream(string id) => ApiError.NotFound($"There is no stream with the id {id}.", "stream_not_found");

    [LoggerMessage(EventName = "StreamAdded", Level = LogLevel.Information, Message = "Stream {Stream} added; {Count} in all.")]
    private partial void LogAdded(string stream, int count);

    [LoggerMessage(EventName = "StreamRemoved", Level = LogLevel.Information, Message = "Stream {Stream} removed; {Count} left.")]
    private partial void LogRemoved(string stream, int count);
}
