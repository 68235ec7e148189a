using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Pacing;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Streams.Lifecycle;

/// <summary>Hands a camera's sampled frames to the sink, one at a time, always the newest.</summary>
internal sealed partial class AskLoop(LatestFrame frames, IFrameSink sink, MonotonicClock clock, ILogger logger)
{
    private readonly RateMeter _rate = new();
    private long _taken;
    private long _gated;
    private long _droppedBefore;

    /// <summary>Frames that something was asked about. The one at the sink counts until it turns out to be gated.</summary>
    public long Asked => Interlocked.Read(ref _taken) - Gated;

    public long Gated => Interlocked.Read(ref _gated);

    public double PerSecond => _rate.PerSecond(clock.Now);

    /// <param name="spec">The stream's, now.</param>
    /// <param name="onError">Hears that a frame could not be asked about.</param>
    /// <param name="closing">Takes no more frames; the one at the sink is waited for.</param>
    /// <param name="cancellationToken">Gives up the one at the sink as well.</param>
    public async Task RunAsync(Func<StreamSpec> spec, Action<string> onError, CancellationToken closing, CancellationToken cancellationToken)
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                var frame = await frames.TakeAsync(closing).ConfigureAwait(false);
                Interlocked.Increment(ref _taken);
                _rate.Mark(clock.Now);
                ReportDropped(spec());
                if (!await sink.OnFrameAsync(spec(), frame, cancellationToken).ConfigureAwait(false))
                {
                    Interlocked.Increment(ref _gated);
                }
            }
            catch (OperationCanceledException) when (closing.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The bulkhead: a frame that cannot be asked about is lost, the stream is not.
            catch (Exception e)
#pragma warning restore CA1031
            {
                onError("A frame could not be asked about; the server's log says why.");
                LogAskFailed(spec().Id, e);
            }
        }
    }

    private void ReportDropped(StreamSpec spec)
    {
        var dropped = frames.Dropped;
        var before = Interlocked.Exchange(ref _droppedBefore, dropped);
        if (dropped > before)
        {
            sink.OnFramesDropped(spec, (int)(dropped - before));
        }
    }

    [LoggerMessage(EventName = "StreamAskFailed", Level = LogLevel.Error, Message = "Stream {Stream}: a frame could not be asked about.")]
    private partial void LogAskFailed(string stream, Exception exception);
}
