using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Capture;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>Raw frames from an ffmpeg child's pipe.</summary>
internal sealed class FfmpegSource : IFrameSource
{
    private readonly ChildProcess _child;
    private readonly SourceKind _kind;
    private readonly ClipInfo? _clip;
    private readonly int _step;
    private readonly bool _loops;
    private readonly MonotonicClock _clock;
    private TimeSpan _first;
    private long _frames;

    /// <param name="child">The ffmpeg process; owned by this from now on.</param>
    /// <param name="kind">What it reads.</param>
    /// <param name="clip">Facts about a source with an end; null for a live one.</param>
    /// <param name="step">Frames of the clip per frame in the pipe.</param>
    /// <param name="loops">Whether the end of its output is unexpected.</param>
    /// <param name="clock">The process's scale.</param>
    public FfmpegSource(ChildProcess child, SourceKind kind, ClipInfo? clip, int step, bool loops, MonotonicClock clock) =>
        (_child, _kind, _clip, _step, _loops, _clock) = (child, kind, clip, step, loops, clock);

    public int ProcessId => _child.Id;

    public async ValueTask<SourceRead> ReadAsync(Memory<byte> pixels, CancellationToken cancellationToken)
    {
        var filled = 0;
        FrameStamp stamp = default;
        while (filled < pixels.Length)
        {
            var read = await _child.Output.ReadAsync(pixels[filled..], cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return SourceRead.NoMore(await EndAsync().ConfigureAwait(false));
            }

            if (filled == 0)
            {
                stamp = Stamp();
            }

            filled += read;
        }

        if (_frames++ == 0)
        {
            ReaderPriority.StepBack(_child.Id);
        }

        return SourceRead.Frame(stamp);
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private FrameStamp Stamp()
    {
        var now = _clock.Now;
        if (_frames == 0)
        {
            _first = now;
        }

        var position = _clip is null ? (now - _first).TotalSeconds : _clip.PositionOf(_frames * _step);
        return new FrameStamp(position, now, _clock.Provider.GetUtcNow());
    }

    private async ValueTask<SourceEnd> EndAsync()
    {
        var (exitCode, errors) = await _child.FinishAsync().ConfigureAwait(false);
        return exitCode != 0 ? FfmpegErrors.Describe(_kind, exitCode, errors, _frames > 0)
            : _kind == SourceKind.File && _frames == 0 ? SourceEnd.Failed("The source holds no video frames.")
            : (_kind == SourceKind.File || _clip is not null) && !_loops ? SourceEnd.Ended()
            : _kind == SourceKind.Device && errors.Length > 0 ? SourceEnd.Lost(FfmpegErrors.LastLine(errors)) // A device has no end: ffmpeg ends well and says why.
            : SourceEnd.Lost("The source ended its stream.");
    }
}
