using System.Collections.Concurrent;
using System.Threading.Channels;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Capture;

namespace DeltaEdge.UnitTests.Streams;

/// <summary>Sources that do what the test says: each opening takes the next refusal, or gives the frames that are fed in.</summary>
internal sealed class ScriptedSources(MonotonicClock clock) : IFrameSourceFactory
{
    public ConcurrentQueue<SourceEnd> Refusals { get; } = new();

    public Channel<SourceEnd?> Feed { get; private set; } = Channel.CreateUnbounded<SourceEnd?>();

    public Exception? Throws { get; set; }

    public int Disposed { get; private set; }

    public ValueTask<SourceOpening> OpenAsync(StreamSpec spec, Action<int> onProcess, CancellationToken cancellationToken)
    {
        if (Throws is { } exception)
        {
            throw exception;
        }

        return ValueTask.FromResult(Refusals.TryDequeue(out var end) ? SourceOpening.Refused(end) : SourceOpening.Opened(new Source(this)));
    }

    public void Frame() => Feed.Writer.TryWrite(null);

    public void End(SourceEnd end) => Feed.Writer.TryWrite(end);

    private sealed class Source(ScriptedSources owner) : IFrameSource
    {
        public async ValueTask<SourceRead> ReadAsync(Memory<byte> pixels, CancellationToken cancellationToken)
        {
            var end = await owner.Feed.Reader.ReadAsync(cancellationToken);
            return end is null ? SourceRead.Frame(new FrameStamp(0, owner.Now, default)) : SourceRead.NoMore(end);
        }

        public ValueTask DisposeAsync()
        {
            owner.Disposed++;
            return ValueTask.CompletedTask;
        }
    }

    private TimeSpan Now => clock.Now;
}
