using System.Collections.Concurrent;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Lifecycle;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Streams.Push;

/// <summary>Where pushed frames come in, by stream. Streams share nothing here: each decodes and waits on its own.</summary>
public sealed class PushDoor(IOptions<StreamsOptions> options, MonotonicClock clock)
{
    private readonly StreamsOptions _options = options.Value;
    private readonly ConcurrentDictionary<string, PushInbox> _inboxes = new(StringComparer.Ordinal);

    /// <summary>Longest that a WebSocket may push nothing.</summary>
    public TimeSpan IdleLimit => TimeSpan.FromSeconds(_options.PushIdleSeconds);

    /// <summary>Largest image.</summary>
    public int MaxBytes => _options.MaxImageBytes;

    /// <summary>Takes an image file as the newest frame of the stream, or says why not.</summary>
    /// <param name="camera">The stream.</param>
    /// <param name="file">JPEG, PNG or WebP.</param>
    /// <param name="age">How long ago the picture was taken.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    public ValueTask<PushReceipt> PushAsync(Camera camera, ReadOnlyMemory<byte> file, TimeSpan age, CancellationToken cancellationToken) =>
        _inboxes.TryGetValue(camera.Spec.Id, out var inbox)
            ? inbox.PushAsync(camera, file, age, cancellationToken)
            : ValueTask.FromResult(PushReceipt.Refused(PushErrors.NotOpen(camera)));

    /// <summary>Whether the stream takes frames now.</summary>
    public bool IsOpen(string stream) => _inboxes.ContainsKey(stream);

    /// <summary>Opens the stream's inbox; it closes with the source.</summary>
    internal PushInbox Open(string stream)
    {
        var inbox = new PushInbox(_options, clock, closed => _inboxes.TryRemove(KeyValuePair.Create(stream, closed)));
        _inboxes[stream] = inbox;
        return inbox;
    }
}
