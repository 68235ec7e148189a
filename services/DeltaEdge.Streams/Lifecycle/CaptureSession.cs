using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Capture;

namespace DeltaEdge.Streams.Lifecycle;

/// <summary>One life of a source, from opening it to its end, with the watchdog on it. Shared by all streams.</summary>
internal sealed class CaptureSession(IFrameSourceFactory factory, StartGate gate, MonotonicClock clock, StreamTuning tuning)
{
    public StreamTuning Tuning => tuning;

    /// <param name="spec">What to open.</param>
    /// <param name="buffer">Room for a frame.</param>
    /// <param name="onFrame">Takes the filled buffer and gives another one.</param>
    /// <param name="onSilent">Hears that a source that is waited for sends nothing, and why.</param>
    /// <param name="cancellationToken">A command: the session is over and its end does not matter.</param>
    /// <returns>Why it ended, and whether because no frame came in time.</returns>
    public async Task<(SourceEnd End, bool IsStalled)> RunAsync(
        StreamSpec spec, byte[] buffer, Func<byte[], FrameStamp, byte[]> onFrame, Action<string> onSilent, CancellationToken cancellationToken)
    {
        // The watchdog waits with it: a crowd is not the source's fault.
        using var place = SourceSyntax.KindOf(spec.Source).IsReadByProcess() ? await gate.EnterAsync(cancellationToken).ConfigureAwait(false) : null;
        using var watchdog = new CancellationTokenSource(tuning.ConnectTimeout, clock.Provider);
        using var registration = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), watchdog);
        var limit = tuning.ConnectTimeout;
        try
        {
            var opening = await factory.OpenAsync(spec, process => place?.Follow(process), watchdog.Token).ConfigureAwait(false);
            if (opening.Source is not { } source)
            {
                return (opening.End!, false);
            }

            await using (source.ConfigureAwait(false))
            {
                while (true)
                {
                    if (source.IsPassive)
                    {
                        watchdog.CancelAfter(Timeout.InfiniteTimeSpan);
                    }

                    var read = await source.ReadAsync(buffer, watchdog.Token).ConfigureAwait(false);
                    if (read.End is not null)
                    {
                        return (read.End, false);
                    }

                    if (read.Silence is not null)
                    {
                        onSilent(read.Silence);
                        continue;
                    }

                    place?.Dispose();
                    limit = tuning.StallTimeout;
                    watchdog.CancelAfter(limit);
                    buffer = onFrame(buffer, read.Stamp);
                }
            }
        }
        catch (OperationCanceledException) when (watchdog.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (SourceEnd.Lost($"No frame came for {limit.TotalSeconds:0.#} s."), true);
        }
    }
}
