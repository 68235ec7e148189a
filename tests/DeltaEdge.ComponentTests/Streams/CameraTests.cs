using DeltaEdge.Core.Streams;
using DeltaEdge.Imaging.Decoding;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>A stream with real children: outages, slowness and neighbours.</summary>
public sealed class CameraTests : IDisposable
{
    private readonly ClipFolder _clips = new();

    [Fact]
    public async Task Frames_ArriveAtTheRateAskedFor()
    {
        await using var host = new StreamsHost(_clips.Root);
        host.Add(StreamsHost.Spec("a", _clips.Numbered("a.mp4", fps: 30, frames: 20), fps: 10));
        var first = await host.NextFrameAsync("a");
        for (var i = 0; i < 9; i++)
        {
            await host.NextFrameAsync("a");
        }

        var tenth = await host.NextFrameAsync("a");
        Assert.InRange((tenth.CapturedAt - first.CapturedAt).TotalSeconds, 0.7, 3);
        Assert.True(tenth.Index >= 20, $"30 fps were captured and 10 asked, yet frame 10 has index {tenth.Index}.");
    }

    [Fact]
    public async Task SlowSink_GetsTheNewestFrameAndTheRestCountAsDropped()
    {
        await using var host = new StreamsHost(_clips.Root);
        var release = new TaskCompletionSource();
        host.Frames.Hold = release.Task;
        var camera = host.Add(StreamsHost.Spec("slow", _clips.Numbered("slow.mp4", fps: 30, frames: 20), fps: 10));
        await host.NextFrameAsync("slow");

        // The sink is busy; wait until frames have been captured over it for about a second.
        while (camera.Status.Frames.Captured < 30)
        {
            await Task.Yield();
            host.Patience.ThrowIfCancellationRequested();
        }

        host.Frames.Hold = Task.CompletedTask;
        var before = camera.Status.Frames;
        release.SetResult();
        var next = await host.NextFrameAsync("slow");
        var age = host.Clock.Now - next.CapturedAt;
        Assert.True(next.Index >= 29, $"Frame {next.Index} was asked about after {before.Captured} had come.");
        Assert.InRange(age.TotalMilliseconds, 0, 500);
        Assert.InRange(before.Dropped, 4, 12);
        Assert.Equal(1, before.Asked);
    }

    [Fact]
    public async Task ReaderKilled_ReconnectsAndGoesOn()
    {
        await using var host = new StreamsHost(_clips.Root);
        var clip = _clips.Numbered("killed.mp4", fps: 30, frames: 20);
        var camera = host.Add(StreamsHost.Spec("killed", clip));
        await host.WaitForAsync(camera, StreamState.Running);
        var reconnecting = host.WaitForAsync(camera, StreamState.Reconnecting);
        await ChildProcesses.SignalAsync(Assert.Single(ChildProcesses.Reading(clip)), "KILL");
        await reconnecting;
        await host.WaitForAsync(camera, StreamState.Running);
        Assert.Equal((1, null), (camera.Status.Reconnects, camera.Status.LastError));
        await host.NextFrameAsync("killed");
    }

    [Fact]
    public async Task ReaderThatHangs_IsStalledAndReplaced()
    {
        await using var host = new StreamsHost(_clips.Root, o => o.StallSeconds = 1);
        var clip = _clips.Numbered("stalled.mp4", fps: 30, frames: 20);
        var camera = host.Add(StreamsHost.Spec("stalled", clip));
        await host.WaitForAsync(camera, StreamState.Running);
        var stalled = host.WaitForAsync(camera, StreamState.Stalled);
        var child = Assert.Single(ChildProcesses.Reading(clip));
        await ChildProcesses.SignalAsync(child, "STOP");
        await stalled;
        await host.WaitForAsync(camera, StreamState.Running);
        Assert.DoesNotContain(child, ChildProcesses.Reading(clip));
    }

    [Fact]
    public async Task OneBadSource_FailsAloneAndSaysWhy()
    {
        await using var host = new StreamsHost(_clips.Root);
        var good = host.Add(StreamsHost.Spec("good", _clips.Numbered("good.mp4", fps: 30, frames: 20)));
        await host.WaitForAsync(good, StreamState.Running);
        var garbage = host.Add(StreamsHost.Spec("garbage", _clips.Text("garbage.mp4", new string('x', 5000))));
        var sound = host.Add(StreamsHost.Spec("sound", _clips.Sound("sound.m4a")));
        var missing = host.Add(StreamsHost.Spec("missing", _clips.PathOf("missing.mp4")));
        await host.WaitForAsync(garbage, StreamState.Failed);
        await host.WaitForAsync(sound, StreamState.Failed);
        await host.WaitForAsync(missing, StreamState.Failed);
        Assert.Contains("not a video", garbage.Status.LastError, StringComparison.Ordinal);
        Assert.Contains("no video stream", sound.Status.LastError, StringComparison.Ordinal);
        Assert.Contains("does not exist", missing.Status.LastError, StringComparison.Ordinal);
        var captured = good.Status.Frames.Captured;
        while ((await host.NextFrameAsync("good")).Index <= captured)
        {
            // Frames from before the others failed.
        }

        Assert.Equal(0, good.Reconnects);
    }

    [Fact]
    public async Task FailedStream_GoesOnAfterItsSourceIsMendedAndResumed()
    {
        await using var host = new StreamsHost(_clips.Root);
        var path = _clips.PathOf("later.mp4");
        var camera = host.Add(StreamsHost.Spec("later", path));
        await host.WaitForAsync(camera, StreamState.Failed);
        _clips.Numbered("later.mp4", fps: 30, frames: 20);
        camera.Resume();
        await host.WaitForAsync(camera, StreamState.Running);
    }

    [Fact]
    public async Task PausedStream_HasNoChildUntilResumed()
    {
        await using var host = new StreamsHost(_clips.Root);
        var clip = _clips.Numbered("pause.mp4", fps: 30, frames: 20);
        var camera = host.Add(StreamsHost.Spec("pause", clip));
        await host.WaitForAsync(camera, StreamState.Running);
        camera.Pause();
        await host.WaitForAsync(camera, StreamState.Paused);
        Assert.Empty(ChildProcesses.Reading(clip));
        camera.Resume();
        await host.WaitForAsync(camera, StreamState.Running);
    }

    [Fact]
    public async Task ChangedSource_IsOpenedInPlaceOfTheOld()
    {
        await using var host = new StreamsHost(_clips.Root);
        var (first, second) = (_clips.Numbered("first.mp4", 30, 20), _clips.White("second.mp4", 64, 64));
        var camera = host.Add(StreamsHost.Spec("patched", first));
        await host.WaitForAsync(camera, StreamState.Running);
        Assert.Null(host.Registry.Update(camera.Spec with { Source = second }).Error);
        while (ClipFolder.NumberIn((await host.NextFrameAsync("patched")).Image.Pixels) < 25)
        {
            // Frames of the first clip that were under way.
        }

        Assert.Empty(ChildProcesses.Reading(first));
    }

    [Fact]
    public async Task RemovedStream_LeavesNoChild()
    {
        await using var host = new StreamsHost(_clips.Root);
        var clip = _clips.Numbered("removed.mp4", fps: 30, frames: 20);
        var camera = host.Add(StreamsHost.Spec("removed", clip));
        await host.WaitForAsync(camera, StreamState.Running);
        Assert.NotEmpty(ChildProcesses.Reading(clip));
        Assert.True(await host.Registry.RemoveAsync("removed"));
        Assert.Empty(ChildProcesses.Reading(clip));
        Assert.False(await host.Registry.RemoveAsync("removed"));
    }

    [Fact]
    public async Task FileThatDoesNotLoop_EndsAndKeepsItsLastPicture()
    {
        await using var host = new StreamsHost(_clips.Root);
        var camera = host.Add(StreamsHost.Spec("once", _clips.Numbered("once.mp4", fps: 30, frames: 8), loop: false));
        await host.WaitForAsync(camera, StreamState.Ended);
        Assert.Equal((8, null), (camera.Status.Frames.Captured, camera.Status.LastError));
        var picture = ImageDecoder.Decode(camera.LatestJpeg(80), ImageLimits.Default).Value;
        Assert.Equal(ClipFolder.Side, picture?.Width);
    }

    public void Dispose() => _clips.Dispose();
}
