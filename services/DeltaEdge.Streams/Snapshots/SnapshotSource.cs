using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Images;
using DeltaEdge.Streams.Pacing;

namespace DeltaEdge.Streams.Snapshots;

/// <summary>
/// An image by GET, so many times a second. A server that says the image has not changed has vouched for the last one, which is a
/// frame of now again.
/// </summary>
internal sealed class SnapshotSource(SnapshotClient client, double fps, int side, int maxBytes, MonotonicClock clock) : IFrameSource
{
    private readonly FrameGridTimer _timer = new(fps, clock);
    private readonly TimeSpan _first = clock.Now;
    private byte[]? _last;

    public async ValueTask<SourceRead> ReadAsync(Memory<byte> pixels, CancellationToken cancellationToken)
    {
        await _timer.NextAsync(cancellationToken).ConfigureAwait(false);

        // Of when it is asked for, so that the time it takes to come counts against the deadline.
        var stamp = new FrameStamp((clock.Now - _first).TotalSeconds, clock.Now, clock.Provider.GetUtcNow());
        var (file, end) = await client.FetchAsync(cancellationToken).ConfigureAwait(false);
        if (end is not null)
        {
            return SourceRead.NoMore(end);
        }

        if (file is not null)
        {
            if (!ImageReader.Read(file, side, maxBytes).TryGet(out var image, out var error))
            {
                return SourceRead.NoMore(SourceEnd.Lost(error.Message));
            }

            _last = image.Pixels;
        }

        _last!.CopyTo(pixels);
        return SourceRead.Frame(stamp);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }
}
