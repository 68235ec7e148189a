using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Pacing;

namespace DeltaEdge.Streams.Images;

/// <summary>The images of a folder in the order of their names, so many a second. One that cannot be read is passed over.</summary>
internal sealed class FolderSource : IFrameSource
{
    private readonly string[] _files;
    private readonly double _fps;
    private readonly bool _loops;
    private readonly int _side;
    private readonly int _maxBytes;
    private readonly MonotonicClock _clock;
    private readonly FrameGridTimer _timer;
    private long _next;

    /// <param name="files">Paths, in order; at least one.</param>
    /// <param name="fps">Images per second.</param>
    /// <param name="loops">Whether the first follows the last.</param>
    /// <param name="side">Side of the frames, pixels.</param>
    /// <param name="maxBytes">Largest file.</param>
    /// <param name="clock">The process's scale.</param>
    public FolderSource(string[] files, double fps, bool loops, int side, int maxBytes, MonotonicClock clock)
    {
        (_files, _fps, _loops, _side, _maxBytes, _clock) = (files, fps, loops, side, maxBytes, clock);
        _timer = new FrameGridTimer(fps, clock);
    }

    public async ValueTask<SourceRead> ReadAsync(Memory<byte> pixels, CancellationToken cancellationToken)
    {
        for (var failed = 0; failed < _files.Length; failed++)
        {
            if (_next == _files.Length && !_loops)
            {
                return SourceRead.NoMore(SourceEnd.Ended());
            }

            // Once for each frame: images that are passed over take no time, or many in a row would look like a source that hangs.
            if (failed == 0)
            {
                await _timer.NextAsync(cancellationToken).ConfigureAwait(false);
            }

            var at = _next % _files.Length;
            _next = at + 1;
            var stamp = new FrameStamp(at / _fps, _clock.Now, _clock.Provider.GetUtcNow());
            if (await TryReadAsync(_files[at], pixels, cancellationToken).ConfigureAwait(false))
            {
                return SourceRead.Frame(stamp);
            }
        }

        return SourceRead.NoMore(SourceEnd.Failed("None of the folder's images can be read."));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<bool> TryReadAsync(string file, Memory<byte> pixels, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(file).Length > _maxBytes)
            {
                return false;
            }

            var bytes = await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
            if (!ImageReader.Read(bytes, _side, _maxBytes).TryGet(out var image, out _))
            {
                return false;
            }

            image.Pixels.CopyTo(pixels);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
