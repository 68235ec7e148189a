using System.Collections.Concurrent;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Lifecycle;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Streams.Push;

/// <summary>Where pushed frames come in, by stream. Streams share nothing here: each decodes and waits on its own.</summary>
public sealed class PushDoor(IOptions<StreamsOptions> options, MonotonicClock clock)
{
    // A source of pushed frames has nothing to connect to: it is open as soon as its camera gets to run.
    private static readonly TimeSpan OpeningLimit = TimeSpan.FromSeconds(5);

    private readonly StreamsOptions _options = options.Value;

    // By the object that the stream was opened with: an id may have gone to another stream while a client still holds the one before.
    private readonly ConcurrentDictionary<StreamSpec, PushInbox> _inboxes = new(ReferenceEqualityComparer.Instance);
    private TaskCompletionSource _nextOpening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Longest that a WebSocket may push nothing.</summary>
    public TimeSpan IdleLimit => TimeSpan.FromSeconds(_options.PushIdleSeconds);

    /// <summary>Largest image.</summary>
    public int MaxBytes => _options.MaxImageBytes;

    /// <summary>Takes an image file as the newest frame of the stream, or says why not. Waits for a stream that is only just opening.</summary>
    /// <param name="camera">The stream.</param>
    /// <param name="file">JPEG, PNG or WebP.</param>
    /// <param name="capturedAt">When the picture was taken, on the process's scale; null for now.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    public async ValueTask<PushReceipt> PushAsync(Camera camera, ReadOnlyMemory<byte> file, TimeSpan? capturedAt, CancellationToken cancellationToken) =>
        await FindAsync(camera, cancellationToken).ConfigureAwait(false) is { } inbox
            ? await inbox.PushAsync(camera, file, capturedAt, cancellationToken).ConfigureAwait(false)
            : PushReceipt.Refused(PushErrors.NotOpen(camera));

    /// <summary>Opens the stream's inbox; it closes with the source.</summary>
    internal PushInbox Open(StreamSpec stream)
    {
        var inbox = new PushInbox(_options, clock, closed => _inboxes.TryRemove(KeyValuePair.Create(stream, closed)));
        _inboxes[stream] = inbox;
        Interlocked.Exchange(ref _nextOpening, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return inbox;
    }

    /// <returns>Null if the stream takes no frames, or did not open in time.</returns>
    private async ValueTask<PushInbox?> FindAsync(Camera camera, CancellationToken cancellationToken)
    {
        var until = clock.Now + OpeningLimit;
        while (true)
        {
            // Taken before looking, so that an opening in between is not missed.
            var opening = Volatile.Read(ref _nextOpening).Task;
            if (camera.Opened is { } opened && _inboxes.TryGetValue(opened, out var inbox))
            {
                return inbox;
            }

            var left = until - clock.Now;
            if (left <= TimeSpan.Zero || camera.State != StreamState.Connecting || SourceSyntax.KindOf(camera.Spec.Source) != SourceKind.Push)
            {
                return null;
            }

            try
            {
                await opening.WaitAsync(left, clock.Provider, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }
}
