using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Capture;

namespace DeltaEdge.Streams.Push;

/// <summary>What is pushed to a stream. There is nothing to open again when it is silent: it waits.</summary>
internal sealed class PushSource(PushInbox inbox, TimeSpan silence, MonotonicClock clock) : IFrameSource
{
    private PushedFrame? _given;

    public bool IsPassive => true;

    public async ValueTask<SourceRead> ReadAsync(Memory<byte> pixels, CancellationToken cancellationToken)
    {
        // Being asked for the next one, the stream has the one before.
        _given?.Taken.TrySetResult(true);
        _given = null;
        using var limit = new CancellationTokenSource(silence, clock.Provider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            _given = await inbox.Frames.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SourceRead.Silent($"No frame was pushed for {silence.TotalSeconds:0.#} s.");
        }

        _given.Pixels.CopyTo(pixels);
        return SourceRead.Frame(_given.Stamp);
    }

    public ValueTask DisposeAsync()
    {
        _given?.Taken.TrySetResult(false);
        inbox.Close();
        return ValueTask.CompletedTask;
    }
}
