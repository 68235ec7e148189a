using DeltaEdge.Inference.Asking;

namespace DeltaEdge.Inference.Engine;

/// <summary>
/// Threads that make pixels of waiting frames while the engine's thread does something else, a few at once: one image that takes long
/// holds up neither the engine nor every other image. Threads of their own, since a crowd of requests fills the pool's.
/// </summary>
internal sealed class FrameReaders : IDisposable
{
    private readonly Func<VisionFrame?> _next;
    private readonly Action<VisionFrame> _read;
    private readonly AutoResetEvent _wanted = new(false);
    private volatile bool _stopped;

    /// <param name="threads">How many.</param>
    /// <param name="next">The most urgent frame that nobody reads yet; null if there is none.</param>
    /// <param name="read">Reads it. Must not throw.</param>
    public FrameReaders(int threads, Func<VisionFrame?> next, Action<VisionFrame> read)
    {
        (_next, _read) = (next, read);
        for (var i = 0; i < threads; i++)
        {
            new Thread(Run) { Name = "deltaedge-reader", IsBackground = true }.Start();
        }
    }

    /// <summary>There may be a frame to read.</summary>
    public void Wake() => _wanted.Set();

    /// <summary>Ends the threads, each after the frame it is at.</summary>
    public void Dispose()
    {
        _stopped = true;
        _wanted.Set();
    }

    private void Run()
    {
        while (!_stopped)
        {
            _wanted.WaitOne();
            while (!_stopped && _next() is { } frame)
            {
                _wanted.Set(); // There may be another for the next thread.
                _read(frame);
            }
        }

        _wanted.Set(); // For the next thread to end.
    }
}
