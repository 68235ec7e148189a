using System.Threading.Channels;
using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Lifecycle;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>A sink that hands every frame to the test; while <see cref="Hold"/> is set the stream waits, like a slow engine.</summary>
internal sealed class FrameLog : IFrameSink
{
    private readonly Channel<(StreamSpec Spec, CapturedFrame Frame)> _frames = Channel.CreateUnbounded<(StreamSpec, CapturedFrame)>();

    public Task Hold { get; set; } = Task.CompletedTask;

    public async ValueTask<bool> OnFrameAsync(StreamSpec spec, CapturedFrame frame, CancellationToken cancellationToken)
    {
        _frames.Writer.TryWrite((spec, frame));
        await Hold.WaitAsync(cancellationToken);
        return true;
    }

    /// <summary>The next frame of that stream; those of others are skipped.</summary>
    public async Task<CapturedFrame> NextAsync(string stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (spec, frame) = await _frames.Reader.ReadAsync(cancellationToken);
            if (spec.Id == stream)
            {
                return frame;
            }
        }
    }
}
