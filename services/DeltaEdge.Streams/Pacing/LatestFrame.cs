using System.Threading.Channels;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Streams.Capture;

namespace DeltaEdge.Streams.Pacing;

/// <summary>
/// The newest frame and at most one claim on it. A slow taker finds the frame that is newest when it comes, never a backlog; a
/// claim made while another waits counts as dropped. Pixels are copied only for takers, so reading a source allocates nothing.
/// </summary>
internal sealed class LatestFrame(int side)
{
    private readonly Lock _lock = new();

    // Capacity 1, and writing to it full fails instead of waiting: that failure is the count of dropped frames.
    private readonly Channel<bool> _claims = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.Wait,
        SingleReader = false,
        SingleWriter = true,
        AllowSynchronousContinuations = false,
    });

    private byte[] _front = new byte[side * side * 3];
    private long _index = -1;
    private FrameStamp _stamp;
    private TimeSpan? _waitingSince;
    private long _dropped;

    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>When the newest frame was captured; null before the first.</summary>
    public TimeSpan? CapturedAt
    {
        get
        {
            lock (_lock)
            {
                return _index < 0 ? null : _stamp.CapturedAt;
            }
        }
    }

    /// <summary>When the frame was captured that a claim was first made on and nobody has taken since; null if no claim waits.</summary>
    public TimeSpan? WaitingSince
    {
        get
        {
            lock (_lock)
            {
                return _waitingSince;
            }
        }
    }

    /// <param name="pixels">The new frame; owned by this from now on.</param>
    /// <param name="index">Its number.</param>
    /// <param name="stamp">Its time.</param>
    /// <param name="isDue">Whether it is to be asked about.</param>
    /// <returns>A buffer for the next frame.</returns>
    public byte[] Publish(byte[] pixels, long index, FrameStamp stamp, bool isDue)
    {
        byte[] free;
        lock (_lock)
        {
            (free, _front, _index, _stamp) = (_front, pixels, index, stamp);
            _waitingSince ??= isDue ? stamp.CapturedAt : null;
        }

        if (isDue && !_claims.Writer.TryWrite(true))
        {
            Interlocked.Increment(ref _dropped);
        }

        return free;
    }

    /// <summary>Waits for a claim and gives the frame that is newest then.</summary>
    public async ValueTask<CapturedFrame> TakeAsync(CancellationToken cancellationToken)
    {
        await _claims.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        StopWaiting();
        return Peek()!;
    }

    /// <summary>The newest frame without a claim; null before the first.</summary>
    public CapturedFrame? Peek()
    {
        var copy = GC.AllocateUninitializedArray<byte>(side * side * 3);
        lock (_lock)
        {
            if (_index < 0)
            {
                return null;
            }

            _front.CopyTo(copy, 0);
            return new CapturedFrame(new RgbImage(side, side, copy), _index, _stamp.SourceSeconds, _stamp.CapturedAt, _stamp.CapturedAtWall);
        }
    }

    /// <summary>Gives up the waiting claim: its source is gone and the frame would be stale.</summary>
    public void DropClaim()
    {
        if (_claims.Reader.TryRead(out _))
        {
            StopWaiting();
            Interlocked.Increment(ref _dropped);
        }
    }

    private void StopWaiting()
    {
        lock (_lock)
        {
            _waitingSince = null;
        }
    }
}
