using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Imaging.Fitting;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Pacing;

namespace DeltaEdge.Streams.Synthetic;

/// <summary>A scene that is drawn anew for every frame. A frame's position in the source is the time of the scene.</summary>
internal sealed class SyntheticSource : IFrameSource
{
    private readonly ISyntheticScene _scene;
    private readonly SceneCamera _camera;
    private readonly FrameGridTimer _timer;
    private readonly MonotonicClock _clock;
    private readonly int _side;
    private readonly TimeSpan _first;
    private long _frames;

    public SyntheticSource(SyntheticAddress address, double fps, int side, MonotonicClock clock)
    {
        (_clock, _side, _first) = (clock, side, clock.Now);
        _scene = SceneOf(address);
        _camera = new SceneCamera(new SceneRandom(~address.Seed));
        _timer = new FrameGridTimer(fps, clock);
    }

    /// <summary>The scene behind an address, for those who want to know the truth.</summary>
    public static ISyntheticScene SceneOf(SyntheticAddress address)
    {
        var random = new SceneRandom(address.Seed);
        return address.Scene == SyntheticAddress.Panel ? new PanelScene(random) : new CarparkScene(random);
    }

    public async ValueTask<SourceRead> ReadAsync(Memory<byte> pixels, CancellationToken cancellationToken)
    {
        await _timer.NextAsync(cancellationToken).ConfigureAwait(false);
        var now = _clock.Now;
        var stamp = new FrameStamp((now - _first).TotalSeconds, now, _clock.Provider.GetUtcNow());
        Render(stamp.SourceSeconds).Pixels.CopyTo(pixels);
        return SourceRead.Frame(stamp);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The picture at a time of the scene, (side, side, 3).</summary>
    public RgbImage Render(double seconds)
    {
        var canvas = new Canvas();
        var light = _scene.Draw(canvas, seconds);
        _camera.Take(canvas.Pixels, light, _frames++);
        return ModelInput.Fit(new RgbImage(Canvas.Side, Canvas.Side, canvas.Pixels), _side);
    }
}
